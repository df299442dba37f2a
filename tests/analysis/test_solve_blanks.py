"""Blanks in a spec are filled from its expectations, and every filling is written in and holds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shapecalc import catalogue
from shapecalc.analysis.solve.answers import interval, of_filling, runs
from shapecalc.analysis.solve.filling import fill
from shapecalc.api import compute, whole
from shapecalc.engine import Overrides
from shapecalc.errors import Source, SpecError, UsageError
from shapecalc.report.solutions import Solutions
from shapecalc.spec import load


def answer(text: str, most: int = 512) -> Solutions:
    plan = whole(load(Source("t.yaml", text), catalogue.base, tolerant=True))
    return of_filling(fill(plan, Overrides(), most), most)


# LeCun 1998 / the course's LeNet-5 (61,706 parameters), Krizhevsky 2012 (227, 11×11/4 → 55), He 2015 (7×7/2, P = 3)
SPECS: dict[str, list[dict[str, Any]]] = {
    "input: 32x32x3\nlayers: [conv: {filters: 6, kernel: 5, padding: unknown, expect: 32x32x6}]\n": [{"conv1.padding": 2}],
    "input: 32x32x1\nlayers: [conv: {filters: unknown, kernel: 5, expect: 28x28x6}]\n": [{"conv1.filters": 6}],
    "input: 227x227x3\nlayers:\n  - conv: {filters: 96, kernel: unknown, stride: 4, expect: 55x55x96}\n":
        [{"conv1.kernel": 8}, {"conv1.kernel": 9}, {"conv1.kernel": 10}, {"conv1.kernel": 11}],
    "input: 227x227x3\nlayers:\n  - conv: {filters: 96, kernel: 11, stride: unknown}\n  - maxpool: {kernel: 3, stride: 2, expect: 27x27x96}\n":
        [{"conv1.stride": 4}],
    "input: 28x28x192\nlayers:\n  - conv: {filters: unknown, kernel: 1}\n  - conv: {filters: 32, kernel: 5, padding: 2, expect: 28x28x32}\nexpect: {macs: 12443648}\n":
        [{"conv1.filters": 16}],
    "input: 32x32x1\nlayers: [conv: {filters: 6, kernel: 5}, avgpool: 2, conv: {filters: 16, kernel: 5}, avgpool: 2, fc: unknown, fc: 84, fc: 10]\n"
    "expect: {params: 61706}\n": [{"fc1.units": 120}],
    "input: 224x224x3\nlayers:\n  - conv: {filters: 64, kernel: 7, stride: unknown, padding: unknown, expect: 112x112x64}\n":
        [{"conv1.stride": 2, "conv1.padding": 3}],
    "input: 16x16x4\nlayers: [conv: {filters: 4, kernel: 3, padding: 1, dilation: unknown, expect: 12x12x4}]\n": [{"conv1.dilation": 3}],
    "input: 16x16x4\nlayers: [conv: {filters: 4, kernel: 3, repeat: unknown}, relu: {expect: 8x8x4}]\n": [{"conv1.repeat": 4}],
    "input: 16x16x4\nlayers: [conv: {filters: 8, groups: unknown}]\nexpect: {params: 16}\n": [{"conv1.groups": 4}],
    "input: 8x8x4\nlayers: [upsample: {scale: unknown, expect: 24x24x4}]\n": [{"upsample1.scale": 3}],
    "input: 8x8x4\nlayers: [convtranspose: {filters: 2, kernel: unknown, stride: 2, padding: 1, expect: 16x16x2}]\n": [{"convtranspose1.kernel": 4}],
    "input: 8x8x4\nparams: {w: unknown}\nlayers: [conv: 'w*2', fc: 10]\nexpect: {params: 3880}\n": [{"w": 3}],
    "input: [unknown, 8, 3]\nlayers: [conv: {filters: 2, kernel: 3, expect: 5x6x2}]\n": [{"input[0]": 7}],
    "input: 8x9x3\nlayers: [conv: {filters: 2, kernel: [unknown, 3], expect: 5x7x2}]\n": [{"conv1.kernel[0]": 4}],
    "input: 8x9x3\nlayers: [conv: {filters: 2, kernel: unknown, expect: 5x7x2}]\n": [{"conv1.kernel": [4, 3]}],
    "input: 8x8x3\nblocks: {B: {params: {c: int}, layers: [conv: {filters: c, kernel: 3, padding: unknown}, relu]}}\n"
    "layers: [B: 4, B: {c: 5, expect: 8x8x5}]\n": [{"b1.conv1.padding": 1}],
    "input: 8x8x3\nblocks: {B: {params: {c: int}, layers: [conv: c, relu]}}\nlayers: [B: unknown, B: {c: 5, expect: 8x8x5}]\nexpect: {params: 41}\n": [{"b1.c": 4}],
    "base: resnet50\nset: {conv4: unknown}\nexpect: {params: 44549160}\n": [{"conv4": 23}],
    "input: 9x9x1\nlayers: [maxpool: {kernel: unknown, expect: 3x3x1}]\n": [{"maxpool1.kernel": 3}],
    "input: 32x32x3\nlayers: [conv: {filters: 6, kernel: 4, padding: unknown, expect: 32x32x6}]\n": [],
    "input: 32x32x1\nlayers: [conv: {filters: 6, kernel: 5}, fc: unknown]\nexpect: {params: 61706}\n": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SPECS.items())
def test_fillings(text: str, wanted: list[dict[str, Any]]) -> None:
    found = answer(text, 40 if "conv4" in text or "224x224" in text else 512)
    assert list(found.solutions) == wanted and found.ok is bool(wanted)
    for solution in found.solutions:
        filled = text
        for value in solution.values():
            written = "x".join(map(str, value)) if isinstance(value, list) else str(value)
            filled = filled.replace("unknown", written, 1)
        done = compute(whole(load(Source("t.yaml", filled), catalogue.base)))
        assert not done.unmet, filled


def test_several_blanks_of_one_window_are_all_found() -> None:
    text = "input: 10x10x1\nlayers: [conv: {filters: 1, kernel: unknown, stride: unknown, padding: unknown, expect: 5x5x1}]\n"
    found = answer(text, 9)
    tried = [
        {"conv1.kernel": f, "conv1.stride": s, "conv1.padding": p}
        for f in range(1, 10) for s in range(1, 10) for p in range(10)
        if 10 + 2 * p >= f and (10 + 2 * p - f) // s + 1 == 5
    ]  # fmt: skip
    assert list(found.solutions) == tried and len(tried) > 10


def test_the_nearest_are_told() -> None:
    found = answer(
        "input: 32x32x3\nlayers: [conv: {filters: 6, kernel: 4, padding: unknown, expect: 32x32x6}]\n"
    )
    assert "no conv1.padding up to 512" in found.reason
    assert {n["conv1.padding"] for n in found.nearest[:2]} == {1, 2}
    assert found.nearest[0]["unmet"] == "conv1 is 31×31×6, and 32×32×6 was expected"
    assert any("Nearest: conv1.padding = 1: conv1 is 31×31×6" in note for note in found.notes)


def test_what_to_write() -> None:
    found = answer(
        "input: 32x32x3\nlayers:\n  - conv: {filters: 6, kernel: 5, padding: unknown, expect: 32x32x6}\n"
    )
    assert "In line 3 write 2 for unknown (padding)." in found.notes
    assert found.rows == ((("2"), (32, 32, 6), 456, 460_800),)


def test_no_expectation_depends_on_it() -> None:
    head = "input: 8x8x3\nlayers:\n"
    found = answer(head + "  - relu: {expect: 8x8x3}\n  - conv: unknown\n", 12)
    assert (
        len(found.solutions) == 12
        and found.truncated
        and "no expectation depends on conv1.filters" in found.notes[0]
    )
    with pytest.raises(UsageError, match=r"nothing says what conv1\.filters should lead to"):
        answer(head + "  - conv: unknown\n")
    with pytest.raises(UsageError, match="is unknown"):
        answer(head + "  - conv: 3\n")


def test_what_is_wrong_anyway_is_said() -> None:
    with pytest.raises(SpecError, match=re.escape("a window of 9 does not fit")):
        answer("input: 8x8x3\nlayers: [conv: {filters: 2, kernel: 9}, fc: {units: unknown, expect: 10}]\n")


def test_the_plan_is_as_it_was() -> None:
    text = "input: 8x8x3\nlayers: [conv: {filters: unknown, kernel: 3, expect: 6x6x2}]\n"
    plan = load(Source("t.yaml", text))
    for _ in range(2):
        assert fill(plan, Overrides(), 9).found == ((2,),)


def test_runs() -> None:
    assert runs([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 7], [9, 10]] and runs([]) == []
    assert interval([8, 16, 24], 8) == [8, 24] and interval([8, 24], 8) == [[8, 8], [24, 24]]
