"""Squeeze and excitation in one piece: z is the mean of every channel, s = σ(W₂·δ(W₁·z)), and channel c is scaled by s_c.

From Hu et al. 2017 (section 3: equation 2 squeezes, 3 excites, 4 scales; W₁ is C/r × C and W₂ is C × C/r), with a
bias beside either matrix as in its authors' models. Pitfall: δ is ReLU, σ the logistic function, and C/r is rounded down.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes

sees = "everything"
gates = True
wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    channels = xs[0][-1]
    narrow = len(range(o["reduction"], channels + 1, o["reduction"]))
    if not narrow:
        raise ShapeError(
            "SC422", f"one unit for every {o['reduction']} of {channels} channels is none at all"
        )
    first, second = d.weights(narrow, channels, fan_in=channels), d.weights(channels, narrow, fan_in=narrow)
    return first, d.biases(narrow) if o["bias"] else None, second, d.biases(channels) if o["bias"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (first, narrow, second, wide) = xs, w
    _axes.need(x, *_axes.SPATIAL)
    z = np.divide(np.add.reduce(x, axis=_axes.inner(x)), float(prod(x.shape[1:-1])))
    hidden = np.maximum(_layer(z, first, narrow), 0.0)
    s = np.negative(_layer(hidden, second, wide))
    with np.errstate(over="ignore"):
        s = np.divide(1.0, np.add(np.exp(s), 1.0))
    return np.multiply(x, s.reshape(s.shape[0], *(1 for _axis in _axes.inner(x)), s.shape[1]))


def _layer(z: Array, matrix: Any, bias: Any) -> Array:
    """W·z + b, the rows of W being its outputs."""
    y = np.matmul(z, np.moveaxis(matrix, 0, 1))
    return y if bias is None else np.add(y, bias)


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every weight of both matrices meets one number of each sample."""
    return sum(int(w[0].size + w[2].size) for _sample in range(xs[0].shape[0]))


def scratch(r: Room) -> int:
    """A handful of vectors, a number a channel each."""
    return 6 * r.xs[0][0] * r.xs[0][-1]
