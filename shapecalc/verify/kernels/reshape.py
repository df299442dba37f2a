"""Reshaping: the same numbers in the same order under another shape.

From NumPy's reshape, which refuses a shape of another size. Pitfall: the batch is not part of the shape.
"""

from __future__ import annotations

from math import prod
from typing import Any

from ..counted import Array
from ..room import Room

sees = "everything"
view = True


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return x.reshape(x.shape[0], *o["shape"])


def holds(r: Room) -> int:
    """A copy, where the input does not lie in one piece."""
    return prod(r.y)
