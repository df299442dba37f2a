"""Scaling: every value times one constant that somebody wrote down, or times its channel's learned factor.

From Szegedy et al. 2016 (Inception-v4, section 3.3) and Touvron et al. 2021 (equation 8). Pitfall: the written factor is
no parameter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return d.gains(xs[0][-1]) if o["learned"] else None


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return np.multiply(x, _axes.rowwise(w, x) if o["learned"] else float(o["factor"]))


def scratch(r: Room) -> int:
    """One row of factors."""
    return _axes.row(r.y)
