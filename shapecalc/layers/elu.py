"""ELU bends the negative side: x if x > 0, else α · (exp(x) − 1).

Counted: a comparison, an exp, a subtraction and a multiplication a value, both branches. Pitfall: α = 1 still counts.
"""

from __future__ import annotations

from ..text import N_
from ._base import Case, Option
from ._pointwise import Pointwise


class Elu(Pointwise):
    synonyms = ("exponential_linear", "指数线性单元")
    kinds = "cmp exp sub mul"

    alpha = Option("float", 1.0, low=0, help=N_("α, the depth of the negative side"))

    CASES = (
        Case(
            "Clevert et al. 2015, arXiv:1511.07289, equation 15",
            (10,),
            {},
            (10,),
            {"ops.exp": 10, "ops.sub": 10, "ops.mul": 10, "ops.cmp": 10},
        ),
    )
