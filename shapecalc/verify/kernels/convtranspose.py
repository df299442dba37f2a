"""Transposed convolution: every input value throws its products over a window of the output, where they add up.

From Zeiler et al. 2010 and PyTorch's ConvTranspose2d; filters lie as taps, input channels, output channels of a group.
Pitfall: products whose target is cut off are executed and counted all the same; only `live` leaves them out.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes, _thrown


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    window, channels = o["kernel"], xs[0][-1]
    depth, share = _axes.share(channels, o["groups"]), _axes.share(o["filters"], o["groups"])
    filters = d.weights(*window, channels, share, fan_in=prod(window) * depth)
    return filters, d.biases(o["filters"]) if o["bias"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (filters, bias) = xs, w
    found = _thrown.throws(x, o)
    depth, share = _axes.share(x.shape[-1], o["groups"]), filters.shape[-1]
    canvas = x.full(0.0, x.shape[0], *(t.length for t in found), o["filters"])
    if bias is not None:
        canvas[...] = bias
    for g in range(o["groups"]):
        inner, outer = slice(g * depth, g * depth + depth), slice(g * share, g * share + share)
        values = x[..., inner].reshape(-1, depth)
        for place, where in _thrown.targets(found):
            target = canvas[where][..., outer]
            products = np.matmul(values, filters[place][inner])
            np.add(target, products.reshape(*target.shape), out=target)
    return canvas[_thrown.kept(found)]


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    (x,), (filters, _bias) = xs, w
    pairs: int = prod(filters.shape[-2:])
    return _thrown.hits(x, _thrown.throws(x, o)) * pairs


def wires(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every product, also one that is cut off, and the bias of every number kept."""
    (x,), (filters, bias) = xs, w
    found = _thrown.throws(x, o)
    positions = prod(x.shape[:-1])
    products: int = sum(positions * prod(filters.shape[-2:]) for _target in _thrown.targets(found))
    kept = prod(len(range(t.length)[t.kept]) for t in found)
    return products + (0 if bias is None else x.shape[0] * kept * len(bias))


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return _thrown.reach(lows, highs, _thrown.throws(x, o))


def scratch(r: Room) -> int:
    """A group's values, the products of one tap and of the next, and how often each position is hit."""
    positions, groups = prod(r.xs[0][:-1]), r.o["groups"]
    depth, share = _axes.share(r.xs[0][-1], groups), _axes.share(r.o["filters"], groups)
    canvas = r.y[0] * prod(t.length for t in _thrown.throws(r.first, r.o))
    return positions * (depth + 2 * share) + 2 * canvas


def holds(r: Room) -> int:
    """The whole canvas that the output is cut from."""
    return r.y[0] * prod(t.length for t in _thrown.throws(r.first, r.o)) * int(r.o["filters"])
