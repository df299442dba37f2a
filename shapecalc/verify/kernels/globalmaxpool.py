"""Global max pooling: every map becomes its largest value.

From Oquab et al. 2015 (section 3.2). Pitfall: K values take K − 1 comparisons, not K.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from . import _axes

sees = "everything"


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    _axes.need(x, *_axes.SPATIAL)
    return np.maximum.reduce(x, axis=_axes.inner(x))
