"""Local response normalisation divides a value by a power of its neighbour channels' squares.

b = a / (k + α/n · Σ a²)^β, the sum over n channels around a, fewer at the first and the last.
Counted: a square, the window's additions, α/n times the sum, k added, the power, the division. Pitfall: α is divided by
n here, as Caffe and PyTorch do; the paper's α is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Work, number_only, positions

EACH = Formula("A")
TABLE = {
    "ops.mul": Formula("2 * A"),
    "ops.add": Formula("R * sum(max(0, C_in - max(o - F // 2, F // 2 - o)) for o in range(F))"),
    "ops.pow": EACH,
    "ops.div": EACH,
}
"""Tap o of a window meets C_in channels less the distance by which it is off the middle; each sum's addition that
falls away makes room for k."""


class Lrn(Layer):
    synonyms = ("local_response_norm", "local_response_normalization", "局部响应归一化")

    size = Option("int", 5, help=N_("n, the number of neighbouring channels"))
    alpha = Option("float", 1e-4, low=0, help=N_("α, the weight of the squares"))
    beta = Option("float", 0.75, low=0, help=N_("β, the power"))
    k = Option("float", 1.0, low=0, help=N_("k, added to the sum"))

    def output(self) -> Shape:
        number_only("size", self.size)
        return super().output()

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, "F": self.size, "R": positions("R", self.x).value}

    def needs(self, quantity: str) -> tuple[Work, ...]:
        return (positions("R", self.x),) if quantity == "ops.add" else ()

    def formulas(self) -> Mapping[str, Formula]:
        return TABLE

    def notes(self) -> Mapping[str, str]:
        return {"params": _("n, α, β and k are set by hand.")}

    CASES = (
        Case(
            "Krizhevsky et al. 2012, section 3.3: n = 5 over 96 channels, 474 squares met a position",
            (55, 55, 96),
            {"size": 5},
            (55, 55, 96),
            {"ops.mul": 580_800, "ops.add": 1_433_850, "ops.pow": 290_400, "ops.div": 290_400, "weights": 0},
        ),
        Case("one channel is its own only neighbour", (2, 2, 1), {}, (2, 2, 1), {"ops.mul": 8, "ops.add": 4}),
    )
