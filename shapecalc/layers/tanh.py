"""The hyperbolic tangent squeezes a number between −1 and 1: one tanh a value.

Pitfall: LeCun's is A · tanh(S·x), scaled; the plain one is meant here.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class Tanh(Pointwise):
    synonyms = ("hyperbolic_tangent", "双曲正切")
    kinds = "tanh"

    CASES = (Case("LeCun et al. 1998, section II.B: F6", (84,), {}, (84,), {"ops.tanh": 84}),)
