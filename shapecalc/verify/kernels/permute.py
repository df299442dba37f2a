"""Permuting: the axes in another order, each named by its letter.

From PyTorch's permute. Pitfall: the letters are the input's; in the output they stand for places again.
"""

from __future__ import annotations

from typing import Any

from ...errors import ShapeError
from ..counted import Array
from . import _axes

sees = "everything"
view = True


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    order = [_axes.place(x, letter) for letter in o["order"]]
    if sorted(order) != list(range(1, len(x.shape))):
        raise ShapeError("SC412", f"{o['order']} does not name every axis once")
    return x.transpose(0, *order)
