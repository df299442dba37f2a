"""Concatenating: the inputs one behind the other along an axis.

From Szegedy et al. 2014 (section 4). Pitfall: NumPy refuses inputs that differ on any other axis.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from . import _axes


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return np.concatenate(xs, axis=_axes.place(xs[0], o["axis"]))


def joined(reaches: list[Any], o: Any) -> Any:
    """Along the joined axis one reach follows the other; along the others a pixel of any input counts."""
    lows, highs = [r[0] for r in reaches], [r[1] for r in reaches]
    axis = beside(len(lows[0]), o)
    return (
        [np.concatenate(a) if i == axis else np.min(a, axis=0) for i, a in enumerate(zip(*lows))],
        [np.concatenate(a) if i == axis else np.max(a, axis=0) for i, a in enumerate(zip(*highs))],
    )


def beside(axes: int, o: Any) -> int:
    """Which of the spatial axes the inputs are laid side by side along; −1 where it is the channels."""
    return _axes.LETTERS[axes + 1][:-1].find(o["axis"])
