"""Lp pooling: the p-norm of every window, (Σ |x|ᵖ)^(1/p).

From Sermanet et al. 2012 (section 2.2) and ONNX's LpPool. Pitfall: squares need no absolute value, p = 1 no power, and
every other p takes both at every tap, anew for each window that a pixel lies under.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _pool, _walk

reach = _pool.reach


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), p = xs, o["norm"]
    found = _pool.walks(x, o)
    x = _walk.padded(x, found)
    (_place, first), *others = _walk.positions(found)
    y = _term(x[first], p)
    for _place, where in others:
        np.add(y, _term(x[where], p), out=y)
    if p == 2:
        np.sqrt(y, out=y)
    elif p != 1:
        np.power(y, float(p) ** -1, out=y)
    return y


def _term(pixels: Array, p: int) -> Array:
    """What a tap adds to the sum."""
    if p == 2:
        return np.multiply(pixels, pixels)
    size = np.absolute(pixels)
    return size if p == 1 else np.power(size, p, out=size)


def scratch(r: Room) -> int:
    """The padded input, and what one tap adds."""
    return _walk.around(r.first, _pool.walks(r.first, r.o)) + prod(r.y)
