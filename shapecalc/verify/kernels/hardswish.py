"""The hard swish: x · ReLU6(x + 3) / 6, a swish made of straight lines.

From Howard et al. 2019 (MobileNetV3, section 5.2). Pitfall: the product comes before the division.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    y = np.add(xs[0], 3.0)
    np.maximum(y, 0.0, out=y)
    np.minimum(y, 6.0, out=y)
    np.multiply(xs[0], y, out=y)
    return np.divide(y, 6.0, out=y)
