"""Slicing: a stretch of one axis, or every so many-th position of it.

From Python's slices and ONNX's Slice. Pitfall: Python clips what lies outside, and here it is refused.
"""

from __future__ import annotations

from typing import Any

from ...errors import ShapeError
from ..counted import Array
from . import _axes

view = True


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    axis = _axes.place(x, o["axis"])
    n = x.shape[axis]
    start, stop = (_from_front(i, n) for i in (o["start"], n if o["stop"] is None else o["stop"]))
    if start < 0 or stop > n or start >= stop:
        raise ShapeError("SC420", f"there are no positions {start} to {stop} among {n}")
    kept = slice(start, stop, o["step"])
    return x[tuple(kept if i == axis else slice(None) for i in range(len(x.shape)))]


def _from_front(position: int, n: int) -> int:
    return position if position >= 0 else n + position


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    """All pixels for channels; a stretch of the picture is none of a larger picture's."""
    return _axes.channels_only(lows, highs, o, x)
