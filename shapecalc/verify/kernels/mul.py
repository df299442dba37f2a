"""Multiplying: k inputs, value by value, in k − 1 multiplications.

From Hu et al. 2017 (squeeze and excitation, equation 4). Pitfall: these are no multiply-accumulates.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from . import _merge


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return _merge.merged(np.multiply, xs)
