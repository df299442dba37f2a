"""ReLU keeps what is positive and makes the rest 0: one max a value.

Pitfall: it is a layer of its own in every table here, although many drawings hide it in the layer before.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class Relu(Pointwise):
    synonyms = ("rectifier", "rectified_linear", "线性整流", "修正线性单元")
    kinds = "max"

    CASES = (
        Case(
            "the same layers in every tool: ReLU, 200,704 values",
            (56, 56, 64),
            {},
            (56, 56, 64),
            {"ops.max": 200_704},
        ),
    )
