"""An embedding: for every token its row of a learned table.

From Bengio et al. 2003 (the matrix C of section 2). Pitfall: it is a look-up and computes nothing; a number is cut to a
whole one and wrapped round the table, so that drawn inputs are tokens too.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return d.borrowed(o["vocab"], o["d"]) if o["tied"] else d.weights(o["vocab"], o["d"])


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, 1)
    return x.like(np.take(w, x.indices(), axis=0, mode="wrap"))


def scratch(r: Room) -> int:
    """The places in the table, as whole numbers of eight bytes."""
    return 2 * r.first.size
