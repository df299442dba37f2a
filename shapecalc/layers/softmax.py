"""Softmax turns scores into shares that add up to 1, row by row: exp(x − max) over the sum of all of them.

Counted in this stable form, for a row of n: n − 1 max, n sub, n exp, n − 1 add, n div. Pitfall: over the channels, at
every position by itself, unless another axis is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import prod
from typing import Any

from ..formula import Formula
from ..text import N_
from ._base import Case, Layer, Option, Shape, Step, axis_index

EACH = Formula("A")
JOINED = Formula("R * (N - 1)")
TABLE = {"ops.max": JOINED, "ops.sub": EACH, "ops.exp": EACH, "ops.add": JOINED, "ops.div": EACH}


class Softmax(Layer):
    synonyms = ("softmax_with_loss", "归一化指数", "软最大")

    axis = Option("axis", "C", help=N_("the axis whose values share the 1"))

    def output(self) -> Shape:
        self.place = axis_index(self.x, self.axis)
        return self.x

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        rest = self.x[: self.place] + self.x[self.place + 1 :]
        return {**super().letters, "N": self.x[self.place], "R": prod(rest)}

    def steps(self) -> tuple[Step, ...] | None:
        return () if self.place == len(self.x) - 1 else None

    def formulas(self) -> Mapping[str, Formula]:
        return TABLE

    CASES = (
        Case(
            "the same layers in every tool: Softmax 1000",
            (1000,),
            {},
            (1000,),
            {"ops.max": 999, "ops.sub": 1_000, "ops.exp": 1_000, "ops.add": 999, "ops.div": 1_000},
        ),
        Case(
            "docs.pytorch.org, Softmax2d: at every position", (32, 13, 3), {}, (32, 13, 3), {"ops.add": 832}
        ),
        Case("rows of 32 along H instead", (32, 13, 3), {"axis": "H"}, (32, 13, 3), {"ops.add": 1_209}),
    )
