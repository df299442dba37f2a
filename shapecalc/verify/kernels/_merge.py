"""What add and mul share: inputs of one shape, or a vector that is spread over the channels of a map first.

From NumPy's broadcasting, of which this is a small part. Pitfall: a map of 1×1×C is not spread, and a spread vector
takes part value by value, so the operations are those of a whole map.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...errors import ShapeError
from ..counted import Array


def alike(xs: tuple[Array, ...]) -> list[Array]:
    """All inputs in the shape of the one with the most axes."""
    largest = max(xs, key=lambda x: len(x.shape))
    return [x if x.shape == largest.shape else _spread(x, largest) for x in xs]


def _spread(x: Array, largest: Array) -> Array:
    if len(x.shape) != 2 or len(largest.shape) == 2 or x.shape[-1] != largest.shape[-1]:
        raise ShapeError("SC401", f"{x.shape[1:]} does not go with {largest.shape[1:]}")
    ones = (1,) * (len(largest.shape) - 2)
    return np.broadcast_to(x.reshape(x.shape[0], *ones, x.shape[-1]), largest.shape)


def merged(combine: Callable[..., Array], xs: tuple[Array, ...]) -> Array:
    """The inputs combined one after another."""
    first, *others = alike(xs)
    if not others:
        return first
    y = combine(first, others[0])
    for x in others[1:]:
        combine(y, x, out=y)
    return y
