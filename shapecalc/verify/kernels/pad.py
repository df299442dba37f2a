"""Padding: zeros around the input, on any side of any axis, channels included.

From NumPy's pad and PyTorch's ZeroPad2d. Pitfall: to the next layer these zeros are data like any other.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from . import _walk


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    ends = list(zip(x.shape[1:], o["amount"], strict=True))
    y = x.full(0.0, x.shape[0], *(before + n + after for n, (before, after) in ends))
    inside = (slice(None), *(slice(before, before + n) for n, (before, _after) in ends))
    y[inside] = x
    return y


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    def around(axis: Any, amount: tuple[int, int], nothing: int) -> Any:
        return np.concatenate([np.full(amount[0], nothing), axis, np.full(amount[1], nothing)])

    return (
        [around(low, amount, _walk.NEVER) for low, amount in zip(lows, o["amount"])],
        [around(high, amount, -_walk.NEVER) for high, amount in zip(highs, o["amount"])],
    )
