"""Depth to space spreads groups of r² channels over blocks of r×r pixels, in TensorFlow's order.

Pitfall: shapes and costs are those of `pixelshuffle`; only which channel goes where differs.
"""

from __future__ import annotations

from ._base import Case
from ._blocks import ToSpace


class DepthToSpace(ToSpace):
    synonyms = ("d2s",)

    CASES = (
        Case("tensorflow.org, tf.nn.depth_to_space", (2, 2, 4), {"scale": 2}, (4, 4, 1)),
        Case("onnx 1.23.2, test_depthtospace_example", (2, 3, 8), {"scale": 2}, (4, 6, 2)),
    )
