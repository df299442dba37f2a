"""ReLU6 is ReLU that stops at 6, max(0, min(x, 6)): one max and one min a value.

Pitfall: the 6 is there for low-precision arithmetic; it changes no shape and costs one comparison more.
"""

from __future__ import annotations

from ._base import Case
from ._pointwise import Pointwise


class Relu6(Pointwise):
    synonyms = ("clipped_relu",)
    kinds = "max min"

    CASES = (
        Case(
            "Sandler et al. 2018, arXiv:1801.04381, section 3",
            (112, 112, 32),
            {},
            (112, 112, 32),
            {"ops.max": 401_408, "ops.min": 401_408},
        ),
    )
