"""Max pooling: the largest of the pixels under the window, tap after tap; padding is minus infinity.

From PyTorch's page of MaxPool2d. Pitfall: the first tap is taken as it is, so a window of K taps compares K − 1 times.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Counted
from . import _walk


def forward(xs: tuple[Counted, ...], w: Any, o: Any) -> Counted:
    (x,) = xs
    found = _walk.walks(x, o, o["stride"] or o["kernel"])
    x = _walk.padded(x, found, -np.inf)
    (_place, first), *others = _walk.positions(found)
    y = x.empty(*x[first].shape)
    y[...] = x[first]
    for _place, where in others:
        np.maximum(y, x[where], out=y)
    return y


def reach(lows: list[Any], highs: list[Any], o: Any, x: Counted) -> tuple[list[Any], list[Any]]:
    return _walk.reach(lows, highs, _walk.walks(x, o, o["stride"] or o["kernel"]))
