"""One head of attention: softmax(Q·Kᵀ / √d_k)·V, and the projections in front of it and behind.

From Vaswani et al. 2017 (equation 1 in section 3.2.1; section 3.2.3: what comes later is −∞ before the softmax). Pitfall:
the largest score is taken off first, so that no exponential overflows; and a mask saves no product.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw


def projection(d: Draw, channels: int, width: int, bias: bool) -> tuple[Any, Any]:
    """A matrix, and a bias where there is to be one."""
    return d.weights(channels, width, fan_in=channels), d.biases(width) if bias else None


def projected(x: Array, matrix: Any, bias: Any) -> Array:
    """x·W, and its bias where it has one."""
    y = np.matmul(x, matrix)
    return y if bias is None else np.add(y, bias, out=y)


def head(query: Array, key: Array, value: Array, causal: bool) -> Array:
    """What one head has found for every position of the query."""
    scores = np.matmul(query, np.moveaxis(key, -1, -2))
    np.divide(scores, float(query.shape[-1]) ** 0.5, out=scores)
    if causal:
        scores = np.where(np.tril(np.ones(scores.shape[-2:], bool)), scores, np.float32(-np.inf))
    np.subtract(scores, np.maximum.reduce(scores, axis=-1, keepdims=True), out=scores)
    np.exp(scores, out=scores)
    np.divide(scores, np.add.reduce(scores, axis=-1, keepdims=True), out=scores)
    return np.matmul(scores, value)
