"""Global average pooling: every map becomes its mean.

From Lin et al. 2013 (Network in Network, section 3.2). Pitfall: the map's axes are gone, only the channels stay.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from . import _axes

sees = "everything"


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, *_axes.SPATIAL)
    y = np.add.reduce(x, axis=_axes.inner(x))
    return np.divide(y, float(prod(x.shape[1:-1])), out=y)
