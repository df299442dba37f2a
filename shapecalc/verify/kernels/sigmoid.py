"""The sigmoid: 1 / (1 + exp(−x)).

From PyTorch's Sigmoid. Pitfall: for very negative numbers exp overflows to infinity, and 1 over it is the right 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    y = np.negative(xs[0])
    with np.errstate(over="ignore"):
        np.exp(y, out=y)
    np.add(y, 1.0, out=y)
    return np.divide(1.0, y, out=y)
