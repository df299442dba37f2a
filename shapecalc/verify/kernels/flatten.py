"""Flattening: the numbers of a map in the order in which they lie, as one vector.

From PyTorch's Flatten. Pitfall: channels lie last here, so the order is not the one of a channels-first framework.
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
    return x.reshape(x.shape[0], prod(x.shape[1:]))


def holds(r: Room) -> int:
    """A copy, where the input does not lie in one piece."""
    return prod(r.y)
