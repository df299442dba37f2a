"""Multiplying joins branches value by value: a gate of squeeze and excitation, one factor a channel.

Pitfall: a gate is a vector [C], as `gap` gives it; a map of 1×1×C is not stretched.
"""

from __future__ import annotations

from ._base import Case
from ._merge import Merge


class Mul(Merge):
    synonyms = ("multiply", "product", "hadamard", "gate", "相乘", "逐元素相乘")
    kind = "mul"

    CASES = (
        Case(
            "Hu et al. 2017, arXiv:1709.01507, equation 4: each channel by its excitation",
            ((56, 56, 256), (256,)),
            {},
            (56, 56, 256),
            {"ops.mul": 802_816, "macs": 0},
        ),
        Case("keras.io, Multiply", ((16,), (16,)), {}, (16,), {"ops.mul": 16}),
    )
