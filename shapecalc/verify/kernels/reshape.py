"""Reshaping: the same numbers in the same order under another shape.

From NumPy's reshape, which refuses a shape of another size. Pitfall: the batch is not part of the shape.
"""

from __future__ import annotations

from typing import Any

from ..counted import Array

sees = "everything"


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return x.reshape(x.shape[0], *o["shape"])
