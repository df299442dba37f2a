"""Adaptive average pooling takes means over windows that are cut so that the output has the size asked for.

Pitfall: with size 1 the output is still a map, 1×1×C; `gap` gives the vector.
"""

from __future__ import annotations

from ._adaptive import AdaptivePool
from ._base import Case


class AdaptiveAvgPool(AdaptivePool):
    synonyms = ("adaptiveaveragepool", "adaptive_pool", "自适应平均池化")
    kinds = ("add", "div")

    CASES = (
        Case(
            "docs.pytorch.org, AdaptiveAvgPool2d((5, 7)); windows of 2 or 3 rows and 2 or 3 columns",
            (8, 9, 64),
            {"size": (5, 7)},
            (5, 7, 64),
            {"ops.add": 9_280, "ops.div": 2_240},
        ),
        Case(
            "torchvision VGG-16, avgpool",
            (7, 7, 512),
            {"size": 7},
            (7, 7, 512),
            {"ops.add": 0, "ops.div": 25_088},
        ),
        Case("torchvision ResNet-50, avgpool", (7, 7, 2048), {"size": 1}, (1, 1, 2048), {"ops.add": 98_304}),
    )
