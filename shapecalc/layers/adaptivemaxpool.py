"""Adaptive max pooling keeps the largest values of windows that are cut so that the output has the size asked for.

Pitfall: with size 1 the output is still a map, 1×1×C; `globalmaxpool` gives the vector.
"""

from __future__ import annotations

from ._adaptive import AdaptivePool
from ._base import Case


class AdaptiveMaxPool(AdaptivePool):
    synonyms = ("自适应最大池化",)
    kinds = ("max",)

    CASES = (
        Case(
            "docs.pytorch.org, AdaptiveMaxPool2d((5, 7))",
            (8, 9, 64),
            {"size": (5, 7)},
            (5, 7, 64),
            {"ops.max": 9_280},
        ),
        Case("docs.pytorch.org, AdaptiveMaxPool2d(7)", (10, 9, 64), {"size": 7}, (7, 7, 64)),
    )
