"""SiLU, or swish, weighs a number by its own sigmoid: x · σ(x).

Counted as the sigmoid (a negation, an exp, an addition, a division) and one multiplication a value. Pitfall: hardswish
is another function.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class Silu(Pointwise):
    synonyms = ("swish", "sigmoid_linear")
    kinds = "neg exp add div mul"

    CASES = (
        Case(
            "Ramachandran et al. 2017, arXiv:1710.05941, section 3",
            (112, 112, 32),
            {},
            (112, 112, 32),
            {"ops.exp": 401_408, "ops.mul": 401_408},
        ),
    )
