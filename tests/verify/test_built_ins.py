"""Every built-in network runs, and a run agrees with the formulas in every number, receptive fields included."""

from __future__ import annotations

import pytest

from shapecalc import catalogue
from shapecalc.api import compute, read
from shapecalc.reconcile import verify

LIGHT = 2 * 10**9
"""Multiply-accumulates up to which a network runs with every test; the others take minutes together."""
NAMES = catalogue.names()
MACS = {name: compute(read(name)).table.totals().macs for name in NAMES}


def cases() -> list[object]:
    marks = {name: (pytest.mark.slow,) if MACS[name] > LIGHT or name == "fc_1000" else () for name in NAMES}
    return [pytest.param(name, marks=marks[name]) for name in NAMES]


@pytest.mark.parametrize("name", cases())
def test_no_disagreement(name: str) -> None:
    answer = compute(read(name))
    found = verify(answer.bound, answer.table, fields=True)
    wrong = [
        (layer.name, c.quantity, c.predicted, c.measured)
        for layer in found.layers
        for c in layer.all()
        if not c.ok
    ]
    assert not wrong
    assert all(layer.ok is True for layer in found.layers), "a built-in layer is never unverified"
    assert len(found.layers) == len(answer.table.rows)
    assert found.totals["macs"].measured == MACS[name]
