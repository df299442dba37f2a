"""LeCun's sub-sampling: the sum of every window, times a factor of its map, plus a bias of its map.

From LeCun et al. 1998, section II.B (layer S2). Pitfall: it is a sum and no mean; the division is in the factor.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes, _pool, _walk


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return d.weights(xs[0][-1], fan_in=prod(o["kernel"])), d.biases(xs[0][-1])


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (factors, biases) = xs, w
    y = _pool.summed(x, _walks(x, o))
    np.multiply(y, _axes.rowwise(factors, y), out=y)
    np.add(y, _axes.rowwise(biases, y), out=y)
    return y


def _walks(x: Array, o: Any) -> list[_walk.Walk]:
    return _pool.walks(x, {**o, "padding": "valid", "dilation": (1,) * len(o["kernel"])})


def wires(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """As LeCun counts (section II.B): each output has a wire to every pixel of its window, and one to its bias."""
    (x,) = xs
    taps: list[int] = [x[where].size for _place, where in _walk.positions(_walks(x, o))]
    return sum(taps) + taps[0]


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return _walk.reach(lows, highs, _walks(x, o))


def scratch(r: Room) -> int:
    """One row of factors."""
    return _axes.row(r.y)
