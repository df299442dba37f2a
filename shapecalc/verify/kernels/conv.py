"""Convolution as one matrix product a block of rows: the pixels under a filter laid out as a row, times all filters.

From LeCun et al. 1998 (partial tables) and Chellapilla et al. 2006 (unrolled convolution). Pitfall: a flat shifted
product would run the padding's columns too, and what is executed is what is counted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Counted
from ..draw import Draw
from . import _walk

BLOCK_BYTES = 8 * 2**20


def draw(d: Draw, xs: tuple[tuple[int, ...], ...], o: Any) -> Any:
    depth = len(range(0, xs[0][-1], o["groups"]))
    window = o["kernel"]
    area = int(np.prod(window))
    if o["connections"] is not None:
        filters: Any = [d.weights(*window, len(row), fan_in=area * len(row)) for row in o["connections"]]
    else:
        filters = d.weights(*window, depth, o["filters"], fan_in=area * depth)
    return filters, d.biases(o["filters"]) if o["bias"] else None


def forward(xs: tuple[Counted, ...], w: Any, o: Any) -> Counted:
    (x,), (filters, bias) = xs, w
    found = _walk.walks(x, o, o["stride"])
    x = _walk.padded(x, found)
    y = x.empty(x.shape[0], *(len(v.starts) for v in found), o["filters"])
    if o["connections"] is not None:
        for i, (row, table) in enumerate(zip(filters, o["connections"])):
            _product(x[..., list(table)], row[..., None], found, y[..., i : i + 1])
    else:
        depth, share = filters.shape[-2], len(range(0, o["filters"], o["groups"]))
        for g in range(o["groups"]):
            inner = slice(g * depth, g * depth + depth)
            outer = slice(g * share, g * share + share)
            _product(x[..., inner], filters[..., outer], found, y[..., outer])
    if bias is not None:
        np.add(y, bias, out=y)
    return y


def _product(x: Counted, filters: Any, found: list[_walk.Walk], y: Counted) -> None:
    """y = the unrolled pixels of x times the filters, block by block along the first spatial axis."""
    matrix = filters.reshape(-1, filters.shape[-1])
    taps = list(_walk.positions(found))
    plain = len(taps) == 1 and all(v.starts.step == 1 for v in found)
    rest, terms = y.shape[2:-1], matrix.shape[0]
    line = 4 * terms * int(np.prod(rest, dtype=int))
    rows = max(1, len(range(0, BLOCK_BYTES, line)))
    for sample in range(y.shape[0]):
        for first in range(0, y.shape[1], rows):
            part = y[sample, first : first + rows]
            count = part.shape[0]
            if plain:
                patches = x[sample, first : first + count]
            else:
                patches = x.empty(count, *rest, len(taps), x.shape[-1])
                for i, (_place, (_batch, rows_under, *others)) in enumerate(taps):
                    step = rows_under.step
                    begin = rows_under.start + first * step
                    patches[..., i, :] = x[(sample, slice(begin, begin + count * step - step + 1, step), *others)]
            flat = patches.reshape(-1, terms)
            if y.data.strides[-2] == y.shape[-1] * 4 and part.data.flags.c_contiguous:
                np.matmul(flat, matrix, out=part.reshape(-1, matrix.shape[1]))
            else:
                part[...] = np.matmul(flat, matrix).reshape(*part.shape)


def live(xs: tuple[Counted, ...], w: Any, o: Any) -> int:
    """Products that touch real input: the taps an all-ones image lights up, times the pairs of channels at a tap."""
    (x,), (filters, _bias) = xs, w
    found = _walk.walks(x, o, o["stride"])
    ones = _walk.padded(x.full(1.0, x.shape[0], *x.shape[1:-1], 1), found)
    lit = sum(int(ones[where].data.sum(dtype=np.float64)) for _place, where in _walk.positions(found))
    pairs = sum(f.shape[-1] for f in filters) if isinstance(filters, list) else filters.shape[-2] * filters.shape[-1]
    return lit * pairs


def reach(lows: list[Any], highs: list[Any], o: Any, x: Counted) -> tuple[list[Any], list[Any]]:
    return _walk.reach(lows, highs, _walk.walks(x, o, o["stride"]))
