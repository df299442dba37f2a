"""Cropping: the same pixels without those at the edges.

From Ronneberger et al. 2015 (U-Net, section 2). Pitfall: a slice that ends at −0 would keep nothing, so the end is
counted from the front.
"""

from __future__ import annotations

from typing import Any

from ...errors import ShapeError
from ..counted import Array

view = True


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    kept = tuple(_kept(n, amount) for n, amount in zip(x.shape[1:], o["amount"], strict=True))
    where = (slice(None), *kept)
    return x[where]


def _kept(n: int, amount: tuple[int, int]) -> slice:
    before, after = amount
    if before + after >= n:
        raise ShapeError("SC411", f"cutting {before} and {after} leaves nothing of {n}")
    return slice(before, n - after)


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    kept = [_kept(len(low), amount) for low, amount in zip(lows, o["amount"])]
    return [low[k] for low, k in zip(lows, kept)], [high[k] for high, k in zip(highs, kept)]
