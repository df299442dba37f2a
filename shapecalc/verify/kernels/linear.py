"""A linear layer: the last axis times a matrix, plus a bias, at every position with the same weights.

From PyTorch's Linear, y = x·Aᵀ + b; weights lie as inputs, units. Pitfall: the other axes stay as they are; and VGG-16's
first matrix fills 411 MB, so the weights of some units are drawn, used and let go before the next are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room

BLOCK_BYTES = 2**21
wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    make = d.borrowed if o.get("tied") else d.weights  # fc has no such option
    return columns(make, xs[0][-1], o["units"]), d.biases(o["units"]) if o["bias"] else None


def columns(make: Any, inputs: int, units: int) -> Iterator[Any]:
    """The matrix from left to right: the weights of some units at a time, an array that is made when its turn comes."""
    width = len(range(0, BLOCK_BYTES, 4 * inputs))
    for first in range(0, units, width):
        yield make(inputs, len(range(first, units)[:width]), fan_in=inputs)


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,), (matrix, bias) = xs, w
    flat = x.reshape(-1, x.shape[-1])
    y = np.concatenate([np.matmul(flat, some) for some in matrix], axis=1)
    if bias is not None:
        np.add(y, bias, out=y)
    return y.reshape(*x.shape[:-1], y.shape[-1])


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every number of the input meets every unit; there is no padding."""
    return sum(int(xs[0].size) for _unit in range(o["units"]))


def scratch(r: Room) -> int:
    """The input in one piece, the weights of two blocks of units, and what each block found."""
    inputs, units = r.xs[0][-1], r.o["units"]
    width = min(len(range(0, BLOCK_BYTES, 4 * inputs)), units)
    return r.first.size + int(2 * width * inputs) + prod(r.y)
