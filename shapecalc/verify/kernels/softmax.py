"""Softmax in its stable form: exp(x − max) over the sum of all of them, along one axis.

From Bridle 1990; stable as in Goodfellow et al. 2016, section 4.1. Pitfall: along a spatial axis
every position sees all others.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _axes


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    axis = _axes.place(x, o["axis"])
    y = np.subtract(x, np.maximum.reduce(x, axis=axis, keepdims=True))
    np.exp(y, out=y)
    return np.divide(y, np.add.reduce(y, axis=axis, keepdims=True), out=y)


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    axis = _axes.place(x, o["axis"]) - 1
    if axis < len(lows):
        lows = [np.full(len(a), a.min()) if i == axis else a for i, a in enumerate(lows)]
        highs = [np.full(len(a), a.max()) if i == axis else a for i, a in enumerate(highs)]
    return lows, highs


def scratch(r: Room) -> int:
    """The largest and the sum along the axis, everywhere."""
    axis = _axes.place(r.first, r.o["axis"])
    return 2 * prod(n for i, n in enumerate(r.y) if i != axis)
