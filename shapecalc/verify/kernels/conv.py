"""Convolution: every filter is laid over every window of the image, and the products are added up.

From LeCun et al. 1998 (section II, and Table I for partial connections); filters lie as taps, depth, filters. Pitfall:
a tap on the padding is a product like any other; only `live` leaves it out.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room, Shaped
from . import _axes, _unrolled, _walk

wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    window, channels, table = o["kernel"], xs[0][-1], o["connections"]
    area, bias = prod(window), d.biases(o["filters"]) if o["bias"] else None
    if table is None:
        depth = _axes.share(channels, o["groups"])
        return d.weights(*window, depth, o["filters"], fan_in=area * depth), bias
    if len(table) != o["filters"] or o["groups"] != 1:
        raise ShapeError("SC405", f"{len(table)} rows for {o['filters']} filters, {o['groups']} groups")
    if any(not row or len({*row}) < len(row) or max(row) >= channels for row in table):
        raise ShapeError("SC405", f"a row names no map, a map twice, or a map beyond {channels}")
    return [d.weights(*window, len(row), fan_in=area * len(row)) for row in table], bias


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (filters, bias) = xs, w
    found = _walk.walks(x, o, o["stride"])
    x = _walk.padded(x, found)
    y = x.empty(x.shape[0], *(len(v.starts) for v in found), o["filters"])
    if o["connections"] is not None:
        for i, (row, table) in enumerate(zip(filters, o["connections"], strict=True)):
            _unrolled.product(x[..., list(table)], row[..., None], found, y[..., i : i + 1])
    else:
        depth, share = filters.shape[-2], _axes.share(o["filters"], o["groups"])
        for g in range(o["groups"]):
            inner, outer = slice(g * depth, g * depth + depth), slice(g * share, g * share + share)
            _unrolled.product(x[..., inner], filters[..., outer], found, y[..., outer])
    if bias is not None:
        np.add(y, _axes.rowwise(bias, y), out=y)
    return y


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    (x,), (filters, _bias) = xs, w
    pairs: int = sum(f.shape[-1] for f in filters) if isinstance(filters, list) else prod(filters.shape[-2:])
    return _walk.lit(x, _walk.walks(x, o, o["stride"])) * pairs


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return _walk.reach(lows, highs, _walk.walks(x, o, o["stride"]))


def scratch(r: Room) -> int:
    """The padded input, the maps that one row of a table chooses from it, and what unrolling takes."""
    x, found, table = r.first, _walk.walks(r.first, r.o, r.o["stride"]), r.o["connections"]
    around, seen = _walk.around(x, found), x.shape[:-1]
    if table is not None:
        depth, filters = max(map(len, table)), 1
        chosen = len(range(0, (around or x.size) * depth, x.shape[-1]))
    else:
        depth, filters, chosen = (_axes.share(n, r.o["groups"]) for n in (x.shape[-1], r.o["filters"], 0))
    unrolled = _unrolled.scratch(Shaped((*seen, depth)), found, filters, r)
    return around + chosen + unrolled + _axes.row(r.y) + _walk.mask(x, found)
