"""Attending: for every position and head the sum of all values, each times its share.

From Vaswani et al. 2017 (equation 1). Pitfall: the heads are laid side by side again, each in its own channels.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from ..room import Room
from . import _axes, _heads

sees = "everything"


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    shares, values = _heads.two(xs)
    _axes.need(shares, 3)
    if shares.shape[2] != values.shape[1]:
        raise ShapeError("SC419", f"{shares.shape[2]} shares, {values.shape[1]} values")
    v = _heads.apart(values, _heads.groups(shares.shape[-1], o["share"]), o["share"])
    y = np.moveaxis(np.matmul(np.moveaxis(shares, -1, 1), v), 1, -2)
    return y.reshape(*y.shape[:-2], y.shape[-2] * y.shape[-1])


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every share meets the channels of one head of the values."""
    shares, values = xs
    heads = _heads.groups(shares.shape[-1], o["share"])
    return int(shares.size) * _axes.share(values.shape[-1], heads)


def scratch(r: Room) -> int:
    """The values in one piece and once for each head that asks them, and what is found before it lies side by side."""
    values = prod(r.xs[1])
    return values + values * int(r.o["share"]) + prod(r.y)
