"""Scaling: every value times one constant that somebody wrote down.

From Szegedy et al. 2016 (Inception-v4, section 3.3). Pitfall: the factor is no parameter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return np.multiply(xs[0], float(o["factor"]))
