"""Max pooling keeps the largest value of every window, channel by channel; nothing is learned.

Pitfall: its stride is the kernel unless said otherwise, and padding counts as minus infinity, never as 0.
"""

from __future__ import annotations

from ._base import Case
from ._pool import Pool


class MaxPool(Pool):
    synonyms = ("pool", "最大池化", "最大池化层", "池化", "池化层")
    kinds = (("max", "A * ({taps} - 1)"),)

    CASES = (
        Case(
            "Krizhevsky et al. 2012, section 3.4: overlapping pooling",
            (55, 55, 96),
            {"kernel": 3, "stride": 2},
            (27, 27, 96),
            {"ops.max": 559_872},
        ),
        Case(
            "torchvision GoogLeNet, maxpool1 (ceil_mode)",
            (112, 112, 64),
            {"kernel": 3, "stride": 2, "rounding": "ceil"},
            (56, 56, 64),
        ),
    )
