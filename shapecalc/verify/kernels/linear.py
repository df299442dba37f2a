"""A linear layer: the last axis times a matrix, plus a bias, at every position with the same weights.

From PyTorch's Linear, y = x·Aᵀ + b; weights lie as inputs, units. Pitfall: the other axes stay as they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    inputs = xs[0][-1]
    make = d.borrowed if o.get("tied") else d.weights  # fc has no such option
    return make(inputs, o["units"], fan_in=inputs), d.biases(o["units"]) if o["bias"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (matrix, bias) = xs, w
    y = np.matmul(x.reshape(-1, x.shape[-1]), matrix)
    if bias is not None:
        np.add(y, bias, out=y)
    return y.reshape(*x.shape[:-1], matrix.shape[-1])


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every number of the input meets every unit; there is no padding."""
    return sum(int(xs[0].size) for _unit in range(w[0].shape[-1]))
