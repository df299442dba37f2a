"""Max pooling: the largest of the pixels under the window, tap after tap; padding is minus infinity.

From PyTorch's page of MaxPool2d. Pitfall: the first tap is taken as it is, so a window of K taps compares K − 1 times.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _pool, _walk

reach = _pool.reach


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    found = _pool.walks(x, o)
    x = _walk.padded(x, found, -np.inf)
    (_place, first), *others = _walk.positions(found)
    y = x.empty(*x[first].shape)
    y[...] = x[first]
    for _place, where in others:
        np.maximum(y, x[where], out=y)
    return y


def scratch(r: Room) -> int:
    """The padded input."""
    return _walk.around(r.first, _pool.walks(r.first, r.o))
