"""PReLU: x where x > 0, a learned share of x elsewhere.

From He et al. 2015 (Delving Deep into Rectifiers, equation 1). Pitfall: one slope a channel, or a single one if shared.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return d.weights(1 if o["shared"] else xs[0][-1], fan_in=16)


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return np.where(np.greater(x, 0.0), x, np.multiply(x, w))


def scratch(r: Room) -> int:
    """The other branch, and which of both is taken, in bytes."""
    return prod(r.y) + len(range(0, prod(r.y), 4))
