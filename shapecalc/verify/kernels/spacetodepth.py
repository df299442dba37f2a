"""Space to depth: every block of r×r pixels becomes one pixel of r² times the channels.

From TensorFlow's space_to_depth. Pitfall: in the new channel the place in the block is the slow part, the old channel
the fast one.
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
    blocks = x.reshape(batch, len(range(0, height, r)), r, len(range(0, width, r)), r, depth)
    mixed = blocks.transpose(0, 1, 3, 2, 4, 5)
    return mixed.reshape(*mixed.shape[:3], r * r * depth)


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    r = o["scale"]
    return [low.reshape(-1, r).min(axis=1) for low in lows], [
        high.reshape(-1, r).max(axis=1) for high in highs
    ]


def scratch(r: Room) -> int:
    """The input in one piece, where it does not lie so."""
    return r.first.size
