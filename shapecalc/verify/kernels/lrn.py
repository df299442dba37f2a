"""Local response normalisation: a value is divided by a power of the squares in its neighbour channels.

From Krizhevsky et al. 2012 (section 3.3), with α/n as in Caffe and PyTorch. Pitfall: at the first and last channels the
window is smaller, and n is not; of an even n the odd channel lies before.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), n = xs, o["size"]
    squares = np.multiply(x, x)
    y = x.empty(*x.shape)
    y[...] = squares
    before = len(range(2, n + 1, 2))
    for d in range(1, before + 1):
        np.add(y[..., d:], squares[..., :-d], out=y[..., d:])
    for d in range(1, n - before):
        np.add(y[..., :-d], squares[..., d:], out=y[..., :-d])
    np.multiply(y, float(o["alpha"]) * float(n) ** -1, out=y)
    np.add(y, o["k"], out=y)
    np.power(y, o["beta"], out=y)
    return np.divide(x, y, out=y)


def scratch(r: Room) -> int:
    """All squares."""
    return r.first.size
