"""What the norms that measure as they run share: mean 0 and variance 1 over some axes, then a scale and a shift.

From Ba et al. 2016 (equations 3 and 4) and Wu & He 2018 (equations 1 to 3). Pitfall: the variance is the mean square of
the deviations (divided by N, not N − 1), and ε stands under the root.
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
    """The scale and the shift, one of each a channel, where they are learned."""
    channels = xs[0][-1]
    return d.gains(channels) if o["scale"] else None, d.biases(channels) if o["shift"] else None


def standardized(x: Array, axes: tuple[int, ...], eps: float, centred: bool = True) -> Array:
    """The values divided by their root mean square over these axes, after their mean is taken off if `centred`."""
    count = float(prod(x.shape[axis] for axis in axes))
    y = x
    if centred:
        mean = np.add.reduce(x, axis=axes, keepdims=True)
        np.divide(mean, count, out=mean)
        y = np.subtract(x, mean)
    spread = np.add.reduce(np.multiply(y, y), axis=axes, keepdims=True)
    np.divide(spread, count, out=spread)
    np.add(spread, eps, out=spread)
    np.sqrt(spread, out=spread)
    return np.divide(y, spread, out=y if centred else None)


def learned(y: Array, w: Any) -> Array:
    """The learned scale and shift, carried out in place."""
    gamma, beta = w
    if gamma is not None:
        np.multiply(y, _axes.rowwise(gamma, y), out=y)
    if beta is not None:
        np.add(y, _axes.rowwise(beta, y), out=y)
    return y


def scratch(r: Room, parts: int, copied: bool = False) -> int:
    """All squares, the mean and the mean square of each of so many parts, a row of factors, the input in one piece."""
    return prod(r.y) + 2 * parts + _axes.row(r.y) + (prod(r.y) if copied else 0)
