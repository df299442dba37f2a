"""Depthwise convolution: every channel has filters of its own, and no two channels ever meet.

From Howard et al. 2017 (MobileNet, section 3.1); filters lie as taps, channels, multiplier. Pitfall: the outputs of one
channel lie side by side, as in TensorFlow and in PyTorch's groups = channels.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes, _walk

BLOCK_BYTES = 2**18
wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    window, channels, m = o["kernel"], xs[0][-1], o["multiplier"]
    return d.weights(*window, channels, m, fan_in=prod(window)), d.biases(channels * m) if o["bias"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (filters, bias) = xs, w
    found = _walk.walks(x, o, o["stride"])
    x, channels = _walk.padded(x, found), filters.shape[-2] * filters.shape[-1]
    y = x.empty(x.shape[0], *(len(v.starts) for v in found), channels)
    if filters.shape[-1] > 1:
        x = np.repeat(x, filters.shape[-1], axis=-1)
    taps = [(_axes.rowwise(filters[place].reshape(-1), y), where) for place, where in _walk.positions(found)]
    rows = len(range(0, BLOCK_BYTES, 4 * channels * prod(y.shape[2:-1])))
    for first in range(0, y.shape[1], rows):
        block = y[:, first : first + rows]
        scratch = x.empty(*block.shape)
        for i, (row, where) in enumerate(taps):
            pixels = x[_walk.part(where, first, block.shape[1])]
            np.multiply(pixels, row, out=scratch if i else block)
            if i:
                np.add(block, scratch, out=block)
    if bias is not None:
        np.add(y, _axes.rowwise(bias, y), out=y)
    return y


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    (x,), (filters, _bias) = xs, w
    pairs: int = prod(filters.shape[-2:])
    return _walk.lit(x, _walk.walks(x, o, o["stride"])) * pairs


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    return _walk.reach(lows, highs, _walk.walks(x, o, o["stride"]))


def scratch(r: Room) -> int:
    """The padded input, once for each filter of a channel; a row of each tap's weights; a block, and the next one."""
    x, found, m = r.first, _walk.walks(r.first, r.o, r.o["stride"]), r.o["multiplier"]
    around, row = _walk.around(x, found), r.y[-1] * (r.y[-2] if len(r.y) > 3 else 1)
    repeated = (around or x.size) * m if m > 1 else 0
    rows = min(len(range(0, BLOCK_BYTES, 4 * r.y[-1] * prod(r.y[2:-1]))), r.y[1])
    block = r.y[0] * rows * prod(r.y[2:])
    rest: int = repeated + (prod(r.o["kernel"]) + 1) * row + 2 * block
    return around + rest + _walk.mask(x, found)
