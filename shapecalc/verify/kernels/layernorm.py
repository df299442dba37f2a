"""Layer norm: at every position, the channels get mean 0 and variance 1, then a learned scale and shift.

From Ba et al. 2016. Pitfall: over the last axis only; the positions of a map are measured one by one.
"""

from __future__ import annotations

from math import prod
from typing import Any

from ..counted import Array
from ..room import Room
from . import _norm

draw = _norm.draw


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return _norm.learned(_norm.standardized(x, (len(x.shape) - 1,), o["eps"]), w)


def scratch(r: Room) -> int:
    return _norm.scratch(r, prod(r.y[:-1]))
