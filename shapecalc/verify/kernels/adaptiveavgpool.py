"""Adaptive average pooling: means over windows that are cut so that the output has the size asked for.

From PyTorch's AdaptiveAvgPool2d. Pitfall: windows differ in size and overlap, so each is divided by its own number.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _adaptive, _axes

reach = _adaptive.reach


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    y = x.empty(x.shape[0], *o["size"], x.shape[-1])
    for place, pixels in _adaptive.windows(x, o):
        total = np.add.reduce(pixels, axis=_axes.inner(x))
        y[place] = np.divide(total, float(prod(pixels.shape[1:-1])), out=total)
    return y


def scratch(r: Room) -> int:
    """What one window gives, and what the next one does."""
    return 2 * r.y[0] * r.y[-1]
