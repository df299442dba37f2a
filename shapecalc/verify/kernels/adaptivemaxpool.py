"""Adaptive max pooling: the largest values of windows that are cut so that the output has the size asked for.

From PyTorch's AdaptiveMaxPool2d. Pitfall: windows overlap, and a pixel in two of them is compared twice.
"""

from __future__ import annotations

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
        y[place] = np.maximum.reduce(pixels, axis=_axes.inner(x))
    return y


def scratch(r: Room) -> int:
    """What one window gives, and what the next one does."""
    return 2 * r.y[0] * r.y[-1]
