"""ELU: x where x > 0, α · (exp(x) − 1) elsewhere.

From Clevert et al. 2015 (equation 15). Pitfall: the branch not taken runs too, and may overflow without harm.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    with np.errstate(over="ignore", invalid="ignore"):
        y = np.exp(x)
        np.subtract(y, 1.0, out=y)
        np.multiply(y, float(o["alpha"]), out=y)
    return np.where(np.greater(x, 0.0), x, y)


def scratch(r: Room) -> int:
    """The other branch, and which of both is taken, in bytes."""
    return prod(r.y) + len(range(0, prod(r.y), 4))
