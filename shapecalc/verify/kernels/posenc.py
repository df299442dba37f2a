"""A position encoding: one vector is added to every position, made of waves or learned.

From Vaswani et al. 2017 (section 3.5): sin and cos of t / 10000^(2i/d). Pitfall: the waves are constants, worked out
beforehand, so only the addition counts.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return d.weights(*xs[0]) if o["learned"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, 2)
    return np.add(x, w if o["learned"] else _waves(x.shape[1], x.shape[2]))


def _waves(length: int, d: int) -> Any:
    """A sine in the even places, the cosine of the same angle in the odd ones."""
    angles = np.multiply.outer(np.arange(length), np.power(10_000.0, -np.arange(0, d, 2) * float(d) ** -1))
    table = np.empty((length, d), np.float32)
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)[:, : table[:, 1::2].shape[1]]
    return table


def scratch(r: Room) -> int:
    """The waves, their angles, and the sine of these, in eight bytes for every second place."""
    return 0 if r.o["learned"] else 4 * prod(r.y[1:])
