"""Leaky ReLU: x where x > 0, a small share of x elsewhere.

From Maas et al. 2013 (section 2). Pitfall: an array program works out both branches for every value, then chooses.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return np.where(np.greater(x, 0.0), x, np.multiply(x, float(o["slope"])))


def scratch(r: Room) -> int:
    """The other branch, and which of both is taken, in bytes."""
    return prod(r.y) + len(range(0, prod(r.y), 4))
