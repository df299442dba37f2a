"""Average pooling: the sum of the pixels under the window, divided by how many of them there are.

From PyTorch's page of AvgPool2d (ceil_mode, count_include_pad). Pitfall: where padding counts, the part of a last
window that hangs over the padding's edge still does not.
"""

from __future__ import annotations

from functools import reduce
from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _pool, _walk

reach = _pool.reach


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    found = _pool.walks(x, o)
    y = _pool.summed(_walk.padded(x, found), found)
    axes = zip(x.shape[1:-1], found, _pool.paddings(x, o))
    numbers = reduce(np.multiply.outer, [_numbers(*axis, o["count_padding"]) for axis in axes])
    np.divide(y, np.maximum(numbers, 1)[..., None], out=y)
    return y


def _numbers(n: int, w: _walk.Walk, sides: tuple[int, int], count_padding: bool) -> Any:
    """How many taps of each window count along one axis: those on pixels, or those on padding as well."""
    counted = range(w.before + n + sides[1]) if count_padding else range(w.before, w.before + n)
    return np.array([sum(start + tap in counted for tap in w.taps) for start in w.starts], np.float32)


def scratch(r: Room) -> int:
    """The padded input, and how many taps count under each window, twice."""
    return _walk.around(r.first, _pool.walks(r.first, r.o)) + 2 * prod(r.y[1:-1])
