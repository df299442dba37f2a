"""SiLU, or swish: a number times its own sigmoid.

From Elfwing et al. 2017 and Ramachandran et al. 2017 (β = 1). Pitfall: it costs a whole sigmoid and a multiplication.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from . import sigmoid


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    y = sigmoid.forward(xs, w, o)
    return np.multiply(xs[0], y, out=y)
