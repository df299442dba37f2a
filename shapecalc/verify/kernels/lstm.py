"""An LSTM: gates i, f, o and a candidate g; the memory is c = f·c + i·g, and o·tanh(c) is shown.

From Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000, as in PyTorch's LSTM. Pitfall: the columns
of the weights lie in PyTorch's order: i, f, g, o.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    return _recurrent.draw(d, xs, o, 4)


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return _recurrent.forward(xs[0], w, _cell, 2)


def _cell(sums: Array, within: Any, bias: Any, states: Sequence[Array]) -> Sequence[Array]:
    h, c = states
    units = h.shape[-1]
    whole = _recurrent.added(sums, h, within, bias)
    write, keep, new, show = (whole[:, first : first + units] for first in range(0, whole.shape[-1], units))
    kept = np.multiply(_recurrent.sigmoid(keep), c)
    c = np.add(kept, np.multiply(_recurrent.sigmoid(write), np.tanh(new)))
    return [np.multiply(_recurrent.sigmoid(show), np.tanh(c)), c]


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    return _recurrent.live(xs[0], w)


def scratch(r: Room) -> int:
    return _recurrent.scratch(r, 4)
