"""Attention scores: every query times every key, head by head, divided by √d; what comes later is hidden if causal.

From Vaswani et al. 2017 (equation 1 and section 3.2.2). Pitfall: the mask is laid over the finished square, so that
nothing is saved.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from ..room import Room
from . import _heads

sees = "everything"


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    queries, keys = _heads.two(xs)
    q = _heads.apart(queries, o["heads"])
    k = _heads.apart(keys, _heads.groups(o["heads"], o["share"]), o["share"])
    if q.shape[-1] != k.shape[-1]:
        raise ShapeError("SC419", f"queries of {q.shape[-1]} channels a head, keys of {k.shape[-1]}")
    y = np.matmul(q, np.moveaxis(k, -1, -2))
    np.divide(y, _heads.float_root(q.shape[-1]), out=y)
    if o["causal"]:
        later = np.triu(np.ones(y.shape[-2:], bool), 1)
        y = np.where(later, np.float32(-np.inf), y)
    return np.moveaxis(y, 1, -1)


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every number of a query meets every key, whatever the mask hides."""
    return sum(int(xs[0].size) for _key in range(xs[1].shape[1]))


def scratch(r: Room) -> int:
    """Both inputs in one piece, the keys once for each head that asks them, and a mask with the square before it."""
    queries, keys = map(prod, r.xs)
    square = prod(r.y) + r.y[1] * r.y[2] if r.o["causal"] else 0
    return queries + keys + keys * int(r.o["share"]) + square
