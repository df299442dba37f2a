"""The sigmoid squeezes a number between 0 and 1: 1 / (1 + exp(−x)).

Counted as written: a negation, an exp, an addition and a division a value. Pitfall: for two classes it is enough; for
more, softmax.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class Sigmoid(Pointwise):
    synonyms = ("logistic", "S型函数")
    kinds = "neg exp add div"

    CASES = (
        Case(
            "docs.pytorch.org, Sigmoid",
            (2,),
            {},
            (2,),
            {"ops.neg": 2, "ops.exp": 2, "ops.add": 2, "ops.div": 2},
        ),
    )
