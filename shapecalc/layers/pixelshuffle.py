"""Pixel shuffle spreads groups of r² channels over blocks of r×r pixels: H×W×(C·r²) becomes rH×rW×C.

Pitfall: the r² channels of one output channel lie side by side (PyTorch); TensorFlow's order is `depthtospace`.
"""

from __future__ import annotations

from ._base import Case
from ._blocks import ToSpace


class PixelShuffle(ToSpace):
    synonyms = ("sub_pixel", "subpixel_conv", "像素重排", "亚像素卷积")

    CASES = (
        Case(
            "docs.pytorch.org, PixelShuffle(3)",
            (4, 4, 9),
            {"scale": 3},
            (12, 12, 1),
            {"weights": 0, "macs": 0},
        ),
        Case("Shi et al. 2016, arXiv:1609.05158, section 2.1", (17, 17, 9), {"scale": 3}, (51, 51, 1)),
    )
