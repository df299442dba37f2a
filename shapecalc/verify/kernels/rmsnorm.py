"""RMS norm: at every position, the channels are divided by their root mean square, then scaled.

From Zhang & Sennrich 2019 (equation 4), with ε under the root as in PyTorch. Pitfall: no mean is taken off.
"""

from __future__ import annotations

from math import prod
from typing import Any

from ..counted import Array
from ..room import Room
from . import _norm

draw = _norm.draw


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    return _norm.learned(_norm.standardized(x, (len(x.shape) - 1,), o["eps"], centred=False), w)


def scratch(r: Room) -> int:
    return _norm.scratch(r, prod(r.y[:-1]))
