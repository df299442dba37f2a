"""Subsampling: every S-th position, from the first one on.

From He et al. 2015 (ResNet, option A of section 4.2). Pitfall: nothing is computed; most of the input is never read.
"""

from __future__ import annotations

from typing import Any

from ..counted import Array
from . import _axes

view = True


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, *_axes.SPATIAL)
    steps = [slice(None, None, s) for _n, s in zip(x.shape[1:-1], o["stride"], strict=True)]
    where = (slice(None), *steps)
    return x[where]


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return [low[::s] for low, s in zip(lows, o["stride"])], [high[::s] for high, s in zip(highs, o["stride"])]
