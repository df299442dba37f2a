"""Dropout at inference: the input itself, for values are dropped in training only.

From Srivastava et al. 2014, in the form that scales while training. Pitfall: a rate of 1 would drop everything.
"""

from __future__ import annotations

from typing import Any

from ...errors import ShapeError
from ..counted import Array

view = True


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    if not 0 <= o["rate"] < 1:
        raise ShapeError("SC413", f"{o['rate']} is no share of values to drop")
    return x
