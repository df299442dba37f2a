"""GELU weighs a number by the normal distribution: x · ½ · (1 + erf(x / √2)).

Counted as written: a division, an erf, an addition and two multiplications a value. Pitfall: the tanh form is an
approximation with other counts.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class Gelu(Pointwise):
    synonyms = ("gaussian_error_linear", "高斯误差线性单元")
    kinds = "div erf add mul mul"

    CASES = (
        Case(
            "Hendrycks & Gimpel 2016, arXiv:1606.08415, section 2",
            (4, 3),
            {},
            (4, 3),
            {"ops.erf": 12, "ops.mul": 24, "ops.add": 12, "ops.div": 12},
        ),
    )
