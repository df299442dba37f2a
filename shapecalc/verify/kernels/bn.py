"""Batch norm at inference: one factor and one summand a channel, folded from four numbers beforehand.

From Ioffe & Szegedy 2015 (algorithm 2): γ / √(Var + ε) and β − E·γ / √(Var + ε). Pitfall: without γ and β it is still
one multiplication and one addition; mean and variance are buffers and no parameters.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    channels = xs[0][-1]
    gamma = d.gains(channels) if o["scale"] else None
    beta = d.biases(channels) if o["shift"] else None
    return gamma, beta, d.means(channels), d.variances(channels)


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (gamma, beta, mean, variance) = xs, w
    factor = np.divide(1 if gamma is None else gamma, np.sqrt(variance + np.float32(o["eps"])))
    summand = (0 if beta is None else beta) - mean * factor
    y = np.multiply(x, _axes.rowwise(factor, x))
    return np.add(y, _axes.rowwise(summand, x), out=y)


def scratch(r: Room) -> int:
    """A row of factors or of summands, and the vectors that they are made of."""
    return _axes.row(r.y) + 6 * r.y[-1]
