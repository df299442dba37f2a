"""Upsampling by a whole number: pixels are repeated, or mixed from the two nearest along each axis.

From PyTorch's Upsample (align_corners=False): output i lies at (i + ½) / S − ½. Pitfall: at the edges both neighbours
are the same pixel, and the work is done all the same.
"""

from __future__ import annotations

from functools import reduce
from itertools import product
from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _axes


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, *_axes.SPATIAL)
    axes = list(zip(_axes.inner(x), x.shape[1:-1], o["scale"], strict=True))
    if o["mode"] == "nearest":
        for axis, _n, s in axes:
            x = np.repeat(x, s, axis=axis)
        return x
    y = None
    for corner in product(*(_neighbours(n, s) for _axis, n, s in axes)):
        pixels = x
        for (axis, _n, _s), (nearest, _weights) in zip(axes, corner):
            pixels = np.take(pixels, nearest, axis=axis)
        weights = reduce(np.multiply.outer, [one for _nearest, one in corner])[..., None]
        pixels = np.multiply(pixels, weights, out=pixels)
        y = pixels if y is None else np.add(y, pixels, out=y)
    return y


def _neighbours(n: int, s: int) -> list[tuple[Any, Any]]:
    """The pixel before and the pixel after each output position of one axis, with their weights."""
    at = np.divide(np.arange(n * s) + 0.5, s) - 0.5
    before = np.floor(at).astype(int)
    share = (at - before).astype(np.float32)
    last = n - 1
    return [(np.clip(before, 0, last), 1 - share), (np.clip(before + 1, 0, last), share)]


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    if o["mode"] == "nearest":
        return [low.repeat(s) for low, s in zip(lows, o["scale"])], [
            high.repeat(s) for high, s in zip(highs, o["scale"])
        ]
    ends = []
    for low, s in zip(lows, o["scale"]):
        (near, _rest), (far, share) = _neighbours(len(low), s)
        ends.append((near, np.where(share == 0, near, far)))  # what has no weight reaches nothing
    return (
        [np.minimum(low[a], low[b]) for low, (a, b) in zip(lows, ends)],
        [np.maximum(high[a], high[b]) for high, (a, b) in zip(highs, ends)],
    )


def scratch(r: Room) -> int:
    """What is repeated along fewer axes; or the pixels at two corners, and their weights."""
    return 2 * prod(r.y) + 2 * prod(r.y[1:-1])
