"""Pixel shuffle: the r² channels that lie side by side become a block of r×r pixels of one channel.

From Shi et al. 2016 (equation 4) and PyTorch's PixelShuffle. Pitfall: the output channel is the slow part of the index.
"""

from __future__ import annotations

from typing import Any

from ..counted import Array
from ..room import Room
from . import _axes, depthtospace

reach = depthtospace.reach


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), r = xs, o["scale"]
    _axes.need(x, 3)
    batch, height, width, depth = x.shape
    blocks = x.reshape(batch, height, width, _axes.share(depth, r * r), r, r)
    return blocks.transpose(0, 1, 4, 2, 5, 3).reshape(batch, height * r, width * r, -1)


def scratch(r: Room) -> int:
    """The input in one piece, where it does not lie so."""
    return r.first.size
