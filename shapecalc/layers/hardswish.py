"""The hard swish is a swish made of straight lines: x · ReLU6(x + 3) / 6.

Counted as written: an addition, a max, a min, a multiplication and a division a value. Pitfall: MobileNetV3 uses it in
its deeper half only.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class HardSwish(Pointwise):
    synonyms = ("hswish", "hardsilu")
    kinds = "add max min mul div"

    CASES = (
        Case(
            "Howard et al. 2019, arXiv:1905.02244, section 5.2",
            (112, 112, 16),
            {},
            (112, 112, 16),
            {"ops.mul": 200_704, "ops.div": 200_704},
        ),
    )
