"""Instance norm: every channel of every sample gets mean 0 and variance 1 over its map, then a scale and a shift.

From Ulyanov et al. 2016. Pitfall: it measures at inference too; there are no running statistics.
"""

from __future__ import annotations

from typing import Any

from ..counted import Array
from ..room import Room
from . import _axes, _norm

sees = "everything"
draw = _norm.draw


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, *_axes.SPATIAL)
    return _norm.learned(_norm.standardized(x, _axes.inner(x), o["eps"]), w)


def scratch(r: Room) -> int:
    return _norm.scratch(r, r.y[0] * r.y[-1])
