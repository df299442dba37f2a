"""What the pools share: a window over every channel by itself, stepping by its own size unless told otherwise.

From PyTorch's pages of MaxPool2d and AvgPool2d. Pitfall: padding of more than half a window is refused on either side,
as it is written and not as far as the last window reaches.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from . import _walk


def walks(x: Array, o: Any) -> list[_walk.Walk]:
    """The walks of a pool; the padding is checked."""
    stride = o["stride"] or o["kernel"]
    found = _walk.walks(x, o, stride)
    for w, sides in zip(found, paddings(x, o)):
        if o["padding"] not in ("same", "same_lower") and max(sides) * 2 > len(w.taps):
            raise ShapeError("SC406", f"padding {sides} is more than half of a window of {len(w.taps)}")
    return found


def paddings(x: Array, o: Any) -> list[tuple[int, int]]:
    """Zeros before and after each axis, as they were asked for."""
    axes = x.shape[1:-1]
    given = zip(
        axes, o["kernel"], o["stride"] or o["kernel"], o["dilation"], _walk.each(o["padding"], len(axes))
    )
    return [_walk.sides(n, f * d - d + 1, s, padding) for n, f, s, d, padding in given]


def summed(x: Array, found: list[_walk.Walk]) -> Array:
    """The sum of each window, tap after tap; the first tap is taken as it is."""
    (_place, first), *others = _walk.positions(found)
    y = x.empty(*x[first].shape)
    y[...] = x[first]
    for _place, where in others:
        np.add(y, x[where], out=y)
    return y


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    """What a window sees, whatever it makes of it."""
    return _walk.reach(lows, highs, walks(x, o))
