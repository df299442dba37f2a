"""Leaky ReLU lets a small share of the negative through: x if x > 0, else slope · x.

Counted: one comparison and one multiplication a value, both branches. Pitfall: the slope is fixed; PReLU learns it.
"""

from __future__ import annotations

from ..text import N_
from ._base import Case, Option
from ._pointwise import Pointwise


class LeakyRelu(Pointwise):
    synonyms = ("lrelu", "leaky", "带泄漏修正线性单元")
    kinds = "cmp mul"

    slope = Option("float", 0.01, low=0, help=N_("factor of the negative values"))

    CASES = (
        Case(
            "Maas et al. 2013, section 2",
            (4, 4, 8),
            {},
            (4, 4, 8),
            {"ops.cmp": 128, "ops.mul": 128, "weights": 0},
        ),
    )
