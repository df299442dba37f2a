"""Group norm: a group of channels gets mean 0 and variance 1 over the whole map, then a scale and a shift a channel.

From Wu & He 2018. Pitfall: the channels of a group lie side by side, and each has its own scale and shift.
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
    each = _axes.share(x.shape[-1], o["groups"])
    grouped = x.reshape(*x.shape[:-1], o["groups"], each)
    y = _norm.standardized(grouped, (*_axes.inner(x), len(x.shape)), o["eps"])
    return _norm.learned(y.reshape(*x.shape), w)


def scratch(r: Room) -> int:
    return _norm.scratch(r, r.y[0] * r.o["groups"], copied=True)
