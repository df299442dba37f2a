"""A GRU: gates r and z and a candidate n; the state becomes (1 − z)·n + z·h.

From Cho et al. 2014, where r stands before the product with the state's matrix; with a bias of the state's own
(`biases: 2`) behind it, as in PyTorch's GRU. Pitfall: the columns of the weights lie in PyTorch's order: r, z, n.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _recurrent

sees = "everything"
gates = True
wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    return _recurrent.draw(d, xs, o, 3)


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return _recurrent.forward(xs[0], w, partial(_cell, o["biases"] == 2), 1)


def _cell(after: bool, sums: Array, within: Any, bias: Any, states: Sequence[Array]) -> Sequence[Array]:
    (h,) = states
    both = slice(0, 2 * h.shape[-1])
    rest = slice(both.stop, None)
    own, shared = (None, None) if bias is None else (bias[rest], bias[both])
    gate = _recurrent.sigmoid(_recurrent.added(sums[:, both], h, within[:, both], shared))
    r, z = gate[:, : h.shape[-1]], gate[:, h.shape[-1] :]
    if after:
        seen = np.matmul(h, within[:, rest])
        seen = np.multiply(r, seen if own is None else np.add(seen, own))
        n = np.tanh(np.add(sums[:, rest], seen))
    else:
        n = np.tanh(_recurrent.added(sums[:, rest], np.multiply(r, h), within[:, rest], own))
    return [np.add(np.multiply(np.subtract(1.0, z), n), np.multiply(z, h))]


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    return _recurrent.live(xs[0], w)


def scratch(r: Room) -> int:
    return _recurrent.scratch(r, 3)
