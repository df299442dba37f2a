"""What the two products of attention share: channels laid out head by head, and a head used by several others.

From Vaswani et al. 2017 (section 3.2.2) and Ainslie et al. 2023 (grouped queries). Pitfall: a head's channels lie next to
each other, as in PyTorch; and a shared head is read again, not computed again.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from . import _axes


def two(xs: tuple[Array, ...]) -> tuple[Array, Array]:
    """The two inputs; refuses more or fewer."""
    if len(xs) != 2:
        raise ShapeError("SC419", f"{len(xs)} inputs, and attention joins two")
    return xs[0], xs[1]


def apart(x: Array, heads: int, share: int = 1) -> Array:
    """T×C as heads×T×channels of one, batch first, each head `share` times one behind the other."""
    _axes.need(x, 2)
    each = _axes.share(x.shape[-1], heads)
    found = np.moveaxis(x.reshape(*x.shape[:-1], heads, each), -2, 1)
    return found if share == 1 else np.repeat(found, share, axis=1)


def groups(heads: int, share: int) -> int:
    """How many heads of keys and values there are."""
    return _axes.share(heads, share)


def float_root(channels: int) -> Any:
    """√d, worked out beforehand."""
    return float(channels) ** 0.5
