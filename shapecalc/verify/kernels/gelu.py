"""GELU: x · ½ · (1 + erf(x / √2)), a number weighed by the share of a normal distribution below it.

From Hendrycks & Gimpel 2016 (section 2). Pitfall: the exact form; the one with tanh costs other operations.
"""

from __future__ import annotations

from math import prod, sqrt
from typing import Any

import numpy as np

from ..counted import STRETCH, Array, erf
from ..room import Room


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    y = erf(np.divide(x, sqrt(2.0)))
    np.add(y, 1.0, out=y)
    return np.multiply(np.multiply(x, 0.5), y, out=y)


def scratch(r: Room) -> int:
    """The values before, and a stretch of them as Python's numbers, of 32 bytes each."""
    return prod(r.y) + 9 * min(prod(r.y), STRETCH)
