"""Learned tokens in front of a sequence, the same for every sample.

From Dosovitskiy et al. 2020 (ViT, equation 1: the class token). Pitfall: they see nothing of the input.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from . import _axes, _walk


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return d.weights(o["count"], xs[0][-1])


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, 2)
    return np.concatenate([np.broadcast_to(w, (x.shape[0], *w.shape)), x], axis=1)


def reach(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    blank = np.full(o["count"], _walk.NEVER)
    return [np.concatenate([blank, low]) for low in lows], [np.concatenate([-blank, high]) for high in highs]
