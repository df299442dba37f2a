"""Channel shuffle: the first channel of every group, then the second of every group, and so on.

From Zhang et al. 2018 (ShuffleNet, figure 1) and PyTorch's ChannelShuffle. Pitfall: twice is not back again.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..counted import Array
from ..room import Room
from . import _axes


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    (x,) = xs
    each = _axes.share(x.shape[-1], o["groups"])
    grouped = x.reshape(*x.shape[:-1], o["groups"], each)
    return np.moveaxis(grouped, -1, -2).reshape(*x.shape)


def scratch(r: Room) -> int:
    """The input in one piece, where it does not lie so."""
    return r.first.size
