"""Windows cut so that a given number of them covers an axis: window i from ⌊i·N/M⌋ up to ⌈(i+1)·N/M⌉.

From PyTorch's adaptive pools (start_index and end_index in AdaptivePooling.h). Pitfall: this is the one place where a
division is meant; it is done by counting the multiples of M that lie below i·N.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from ..counted import Array
from . import _axes


def bounds(n: int, m: int) -> list[slice]:
    """The m windows over n pixels."""
    return [slice(len(range(m, i * n + 1, m)), len(range(0, i * n + n, m))) for i in range(m)]


def windows(x: Array, o: Any) -> Iterator[tuple[tuple[Any, ...], Array]]:
    """Every place of the output and the pixels behind it."""
    _axes.need(x, *_axes.SPATIAL)
    cut = [list(enumerate(bounds(n, m))) for n, m in zip(x.shape[1:-1], o["size"], strict=True)]
    for chosen in product(*cut):
        place, pixels = zip(*chosen)
        behind = (slice(None), *pixels)
        yield (slice(None), *place), x[behind]


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    """First and last input pixel behind each window."""
    cuts = [bounds(len(low), m) for low, m in zip(lows, o["size"])]
    return (
        [np.array([low[c].min() for c in cut]) for low, cut in zip(lows, cuts)],
        [np.array([high[c].max() for c in cut]) for high, cut in zip(highs, cuts)],
    )
