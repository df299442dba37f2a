"""Depth to space: the channels, taken as r×r pieces, become the pixels of blocks of r×r.

From TensorFlow's depth_to_space (ONNX: DCR). Pitfall: the output channel is the fast part of the index, unlike in pixel
shuffle.
"""

from __future__ import annotations

from typing import Any

from ..counted import Array
from ..room import Room
from . import _axes


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), r = xs, o["scale"]
    _axes.need(x, 3)
    batch, height, width, depth = x.shape
    blocks = x.reshape(batch, height, width, r, r, _axes.share(depth, r * r))
    return blocks.transpose(0, 1, 3, 2, 4, 5).reshape(batch, height * r, width * r, -1)


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return [low.repeat(o["scale"]) for low in lows], [high.repeat(o["scale"]) for high in highs]


def scratch(r: Room) -> int:
    """The input in one piece, where it does not lie so."""
    return r.first.size
