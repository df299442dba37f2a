"""The hard sigmoid is a sigmoid made of straight lines: ReLU6(x + 3) / 6.

Counted as written: an addition, a max, a min and a division a value. Pitfall: old Keras has 0.2·x + 0.5, clipped.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class HardSigmoid(Pointwise):
    synonyms = ("hsigmoid",)
    kinds = "add max min div"

    CASES = (
        Case(
            "Howard et al. 2019, arXiv:1905.02244, section 5.2",
            (72,),
            {},
            (72,),
            {"ops.add": 72, "ops.max": 72, "ops.min": 72, "ops.div": 72},
        ),
    )
