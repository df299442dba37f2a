"""Group norm measures groups of channels over the whole map, one sample at a time, so the batch does not matter.

Pitfall: scale and shift are one a channel, not one a group.
"""

from __future__ import annotations

from math import prod

from ..formula import Formula
from ..text import N_
from . import _norm
from ._base import Case, Option, Shape, Work
from ._conv import INPUT_SPLITS

GROUPS = Formula("G")
ROW = Formula("A // G")


class GroupNorm(_norm.Norm):
    ranks = (2, 3, 4)
    synonyms = ("group_normalization", "gn", "组归一化", "分组归一化")

    groups = Option("int", help=N_("groups of channels that are measured together"))
    scale = _norm.SCALE
    shift = _norm.SHIFT
    eps = _norm.EPS

    def output(self) -> Shape:
        INPUT_SPLITS.check({"C_in": self.x[-1], "G": self.groups})
        return self.x

    def steps(self) -> None:
        return None

    def rows(self) -> tuple[Work, Work]:
        letters = {"A": prod(self.x), "G": self.groups}
        return Work("R", GROUPS, letters), Work("N", ROW, letters)

    CASES = (
        Case(
            "docs.pytorch.org, GroupNorm(3, 6); three rows of 200",
            (10, 10, 6),
            {"groups": 3},
            (10, 10, 6),
            {
                "weights": 6,
                "biases": 6,
                "ops.add": 1_797,
                "ops.sub": 600,
                "ops.mul": 1_200,
                "ops.div": 606,
                "ops.sqrt": 3,
            },
        ),
        Case(
            "Wu & He 2018, arXiv:1803.08494, section 3: 32 groups",
            (56, 56, 64),
            {"groups": 32},
            (56, 56, 64),
            {"weights": 64},
        ),
    )
