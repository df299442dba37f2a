"""Totals where a small example forgives: an output in the middle, paths that meet, very large numbers, unknown parts."""

from __future__ import annotations

from pathlib import Path

import pytest

import shapecalc
from shapecalc.cli._main import run

CHAIN = """\
input: 4x4x1
layers:
  - conv: {filters: 2, kernel: 1, name: a}
  - conv: {filters: 3, kernel: 1, name: b}
  - conv: {filters: 1, kernel: 1, name: c}
"""


@pytest.mark.parametrize(
    ("outputs", "peak", "depth", "shape"),
    [
        # 4·4·(1 + 2), (2 + 3), (3 + 1) numbers at a time: five maps of 16 are the most
        ("", 4 * 80, 3, (4, 4, 1)),
        ("outputs: [c]", 4 * 80, 3, (4, 4, 1)),
        # a is kept to the end: beside b and c that is six
        ("outputs: [a, c]", 4 * 96, 3, (4, 4, 1)),
        ("outputs: [c, a]", 4 * 96, 3, (4, 4, 2)),
        ("outputs: [a]", 4 * 96, 1, (4, 4, 2)),
        ("outputs: [b]", 4 * 80, 2, (4, 4, 3)),
    ],
)
def test_an_output_in_the_middle_is_kept(outputs: str, peak: int, depth: int, shape: tuple[int, ...]) -> None:
    network = shapecalc.load(CHAIN + outputs)
    assert (network.peak_activation_bytes, network.totals.depth, network.output) == (peak, depth, shape)


# b sees 8 pixels from −3 on, so its middle is that of a's 2 pixels from 0 on; they move in steps of 1 and of 2
MEET = """\
input: 8x8x1
layers:
  - add:
      a: [{0}]
      b: [{1}]
"""
POOL, WIDE = "maxpool: 2", "conv: {filters: 1, kernel: 8, padding: [[3, 0], [3, 0]]}"
SAME = "conv: {filters: 1, kernel: %s, padding: same}"


@pytest.mark.parametrize(
    ("first", "second", "size", "stride", "padding", "aligned"),
    [
        (POOL, WIDE, (8, 8), (2, 2), (3, 3), False),
        (WIDE, POOL, (8, 8), (2, 2), (3, 3), False),
        (SAME % 3, SAME % 5, (5, 5), (1, 1), (2, 2), True),
        (SAME % 3, SAME % "[5, 7]", (5, 7), (1, 1), (2, 3), True),
        (SAME % "[5, 1]", SAME % "[1, 7]", (5, 7), (1, 1), (2, 3), True),
        # 2 pixels from 0 on and 3 from −1 on: both ends count, and the middles are half a pixel apart
        (SAME % 2, SAME % 3, (3, 3), (1, 1), (1, 1), False),
        (SAME % 4, "identity", (4, 4), (1, 1), (1, 1), False),
    ],
)
def test_where_paths_meet(
    first: str,
    second: str,
    size: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    aligned: bool,
) -> None:
    field = shapecalc.load(MEET.format(first, second)).rows()[-1].receptive_field
    assert field is not None
    assert (field.size, field.stride, field.padding, field.aligned) == (size, stride, padding, aligned)


LARGE = """\
input: 3000001x3000000x1000
layers:
  - conv: {filters: 1000, kernel: 3, padding: same}
  - globalavgpool
"""


def test_integers_stay_whole_beyond_floating_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """9·10⁶ weights and 1,000 biases; times 9,000,003·10⁶ positions: no double holds it to the last digit."""
    file = tmp_path / "large.yaml"
    file.write_text(LARGE, "utf-8")
    totals = shapecalc.load(file).totals
    assert totals.macs == 81_000_027_000_000_000_000
    assert totals.activations == 9_000_003_000_001_000
    assert totals.activation_bytes == 36_000_012_000_004_000
    for format, number in (
        ("plain", "81,000,027,000,000,000,000"),
        ("markdown", "81,000,027,000,000,000,000"),
        ("html", "81,000,027,000,000,000,000"),
        ("latex", "81,000,027,000,000,000,000"),
        ("table", "81,000,027,000,000,000,000"),
        ("csv", "81000027000000000000"),
        ("tsv", "81000027000000000000"),
        ("json", "81000027000000000000"),
        ("jsonl", "81000027000000000000"),
    ):
        assert run(["table", str(file), "--format", format]) == 0
        text = capsys.readouterr().out
        assert number in text.replace("{,}", ",").replace(r"\,", ","), format


@pytest.mark.parametrize("name", ["conv1", "conv2", "stage1", "stage1.b1"])
def test_a_name_is_no_prefix(name: str) -> None:
    """conv1 is not conv10, stage1 not stage11: each layer by name holds its own parameters only."""
    blocks = "blocks:\n  B: [conv: {filters: 2, kernel: 1}]\n  Stage: [{B: {repeat: 11}}]"
    spec = f"input: 8x8x2\n{blocks}\nlayers: [{{conv: {{filters: 2, kernel: 3, padding: same, repeat: 11}}}}, {{Stage: {{repeat: 11}}}}]"
    network = shapecalc.load(spec)
    assert network[name].params == {"conv1": 38, "conv2": 38, "stage1": 11 * 6, "stage1.b1": 6}[name]


def test_columns_of_unequal_axes_are_not_mixed_up() -> None:
    """H 13 and W 29 under a window of 2×5 in steps of 3×4, zeros 1 and 2: 13 / 3 + 1 and 28 / 4 + 1, rounded down."""
    spec = "input: {0}\nlayers: [conv: {{filters: 7, kernel: [2, 5], stride: [3, 4], padding: [1, 2]}}]"
    (row,) = shapecalc.load(spec.format("13x29x3")).rows()
    assert row.output == (5, 8, 7) and row.macs == 5 * 8 * 7 * 2 * 5 * 3
    (row,) = shapecalc.load(spec.format("HxWx3")).rows()
    assert [str(n) for n in row.output] == ["⌊H / 3⌋ + 1", "⌊(W − 1) / 4⌋ + 1", "7"]
