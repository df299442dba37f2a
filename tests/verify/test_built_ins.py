"""Every built-in network runs, and a run agrees with the formulas in every number, receptive fields included."""

from __future__ import annotations

import pytest

from shapecalc import catalogue
from shapecalc.api import Answer, Selection, compute, read
from shapecalc.errors import SpecError
from shapecalc.reconcile import verify
from shapecalc.report.verification import Verification

LIGHT = 2 * 10**9
"""Multiply-accumulates up to which a network runs with every test; the others take minutes together."""
NAMES = catalogue.names()
MACS = {name: compute(read(name)).table.totals().macs for name in NAMES}


HEAVY = [name for name in NAMES if MACS[name] > LIGHT or name == "fc_1000"]
WIDE = ("gpt2_small", "bert_base")
"""A hundred million parameters are drawn, however short the sequence: other networks have the same layers."""
SMALLER = (33, 49, 65, 97, 129)


def disagreements(found: Verification) -> list[object]:
    return [
        (layer.name, c.quantity, c.predicted, c.measured)
        for layer in found.layers
        for c in layer.all()
        if not c.ok
    ]


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.slow] * (n in HEAVY)) for n in NAMES])
def test_no_disagreement(name: str) -> None:
    answer = compute(read(name))
    found = verify(answer.bound, answer.table, fields=True)
    assert not disagreements(found)
    assert all(layer.ok is True for layer in found.layers), "a built-in layer is never unverified"
    assert len(found.layers) == len(answer.table.rows)
    assert found.totals["macs"].measured == MACS[name]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=[pytest.mark.slow] * (n in WIDE))
        for n in HEAVY
        if n not in ("fc_1000", "resnet1202")
    ],
)
def test_no_disagreement_on_a_small_picture(name: str) -> None:
    answer = small(name)
    found = verify(answer.bound, answer.table, fields=True)
    assert not disagreements(found) and found.ok


def small(name: str) -> Answer:
    """A heavy network on the smallest picture that it takes, an odd one and not quite square; or on a short sequence."""
    whole = compute(read(name))
    if "input" not in whole.bound.graph.inputs or len(whole.bound.graph.inputs["input"]) < 3:
        return compute(
            read(name), Selection({axis: "17" for axis in ("S", "T") if axis in whole.bound.settings})
        )
    for side in SMALLER:
        try:
            answer = compute(read(name), Selection(inputs={"input": f"{side}x{side + 2}x3"}))
        except SpecError:
            continue
        if answer.table.totals().macs < LIGHT:
            return answer
    pytest.skip(
        f"{name} takes no small picture, and runs whole with -m slow: {whole.table.totals().macs:,} MACs"
    )
