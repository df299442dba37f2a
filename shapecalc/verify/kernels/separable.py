"""A depthwise separable convolution in one piece: m filters a channel, no two channels meeting, then a 1×1 convolution.

From Sifre 2014 (thesis, section 6.2) and Chollet 2016 (section 1.1: nothing stands between the two steps); a depth
multiplier as in TensorFlow's SeparableConv2D. Pitfall: each of the m·C maps in between meets each filter of the second
step; only that one has a bias.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes, _walk

wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    channels, m, filters = xs[0][-1], o["multiplier"], o["filters"]
    spatial = d.weights(*o["kernel"], channels, m, fan_in=prod(o["kernel"]))
    mixing = d.weights(channels, m, filters, fan_in=channels * m)
    return spatial, mixing, d.biases(filters) if o["bias"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (spatial, mixing, bias) = xs, w
    found = _walks(x, o)
    x, (channels, m, filters) = _walk.padded(x, found), mixing.shape
    between = x.empty(x.shape[0], *(len(v.starts) for v in found), channels, m)
    for i, (place, where) in enumerate(_walk.positions(found)):
        taps = np.multiply(x[where][..., None], spatial[place], out=None if i else between)
        if i:
            np.add(between, taps, out=between)
    flat = between.reshape(*between.shape[:-2], channels * m)
    y = np.matmul(flat, mixing.reshape(channels * m, filters))
    return y if bias is None else np.add(y, bias, out=y)


def _walks(x: Any, o: Any) -> list[_walk.Walk]:
    _axes.need(x, *_axes.SPATIAL)
    return _walk.walks(x, {**o, "dilation": [1 for _axis in o["kernel"]]}, o["stride"])


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Taps on real input, each times a channel's filters; behind them every number is real."""
    (x,), (spatial, mixing, _bias) = xs, w
    found = _walks(x, o)
    positions: int = x.shape[0] * prod(len(v.starts) for v in found)
    return _walk.lit(x, found) * int(prod(spatial.shape[-2:])) + positions * int(mixing.size)


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return _walk.reach(lows, highs, _walks(x, o))


def scratch(r: Room) -> int:
    """The padded input, the maps between the two steps, and what one tap and the next add to them."""
    x = r.first
    between: int = prod(r.y[:-1]) * x.shape[-1] * r.o["multiplier"]
    return _walk.around(x, _walks(x, r.o)) + 3 * between
