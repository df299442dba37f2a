"""The hyperbolic tangent of every value.

From PyTorch's Tanh. Pitfall: LeCun's A · tanh(S · x) has two factors more.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return np.tanh(xs[0])
