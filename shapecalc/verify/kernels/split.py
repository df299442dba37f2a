"""Splitting: one of several equal parts of an axis.

From PyTorch's chunk and ONNX's Split. Pitfall: parts are counted from 1.
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
    each = _axes.share(x.shape[axis], o["parts"])
    starts = range(0, x.shape[axis], each)
    if o["part"] > len(starts):
        raise ShapeError("SC420", f"there is no part {o['part']} of {o['parts']}")
    first = starts[o["part"] - 1]
    kept = slice(first, first + each)
    return x[tuple(kept if i == axis else slice(None) for i in range(len(x.shape)))]


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    """All pixels for channels; a part of the picture is none of a larger picture's."""
    return _axes.channels_only(lows, highs, o, x)
