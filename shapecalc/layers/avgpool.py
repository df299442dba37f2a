"""Average pooling takes the mean of every window, channel by channel; nothing is learned.

Pitfall: whether padding counts is only a question of what the sum is divided by (here it does not; PyTorch's default
is that it does). Either way the mean of K numbers is K − 1 additions and one division.
"""

from __future__ import annotations

from ..text import N_
from ._base import Case, Option
from ._pool import Pool


class AvgPool(Pool):
    synonyms = ("averagepool", "meanpool", "平均池化", "均值池化", "平均池化层")
    kinds = (
        ("add", "A * ({taps} - 1)"),
        ("div", "A"),
    )

    count_padding = Option("bool", False, help=N_("whether padding counts in the divisor"))

    CASES = (
        Case(
            "the same layers in every tool: AvgPool 2 on 64×56²",
            (56, 56, 64),
            {"kernel": 2},
            (28, 28, 64),
            {"ops.add": 150_528, "ops.div": 50_176},
        ),
        Case(
            "deeplearning.ai CNN course, week 1: LeNet-5",
            (28, 28, 6),
            {"kernel": 2, "stride": 2},
            (14, 14, 6),
        ),
        Case(
            "Keras InceptionV3, average_pooling2d_1",
            (35, 35, 192),
            {"kernel": 3, "stride": 1, "padding": "same"},
            (35, 35, 192),
            {"weights": 0, "macs": 0, "connections": 0},
        ),
    )
