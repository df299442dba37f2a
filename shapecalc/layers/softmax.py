"""Softmax turns scores into shares that add up to 1, row by row: exp(x − max) over the sum of all of them.

Counted in this stable form, for a row of n: n − 1 max, n sub, n exp, n − 1 add, n div. Pitfall: over the channels, at
every position by itself, unless another axis is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Step, Work, axis_index, product, spatial

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
        return {**super().letters, **{work.key: work.value for work in self.rows()}}

    def rows(self) -> tuple[Work, Work]:
        """How many rows R share a 1 each, and how many numbers N each has."""
        names = spatial(len(self.x)) + "C"
        own, rest = names[self.place], names.replace(names[self.place], "")
        sizes = {f"N_{axis}": n for axis, n in zip(names, self.x)}
        return Work("R", product("N", rest), sizes), Work("N", product("N", own), sizes)

    def needs(self, quantity: str) -> tuple[Work, ...]:
        return tuple(w for w in self.rows() if w.key in self.formulas()[quantity].letters)

    def steps(self) -> tuple[Step, ...] | None:
        return () if self.place == len(self.x) - 1 else None

    def formulas(self) -> Mapping[str, Formula]:
        return TABLE

    def notes(self) -> Mapping[str, str]:
        return {
            "params": _("Nothing is learned: the scores are only turned into shares of 1."),
            "ops.max": _("The largest score is taken off first, so that no exponential overflows."),
        }

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
