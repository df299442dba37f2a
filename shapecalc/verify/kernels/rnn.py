"""A plain recurrent layer: h = tanh(W·x + U·h + b), one position after another.

From Elman 1990 and PyTorch's RNN. Pitfall: one sum a unit, over the input and over the state before.
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
    return _recurrent.draw(d, xs, o, 1)


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    return _recurrent.forward(xs[0], w, _cell, 1)


def _cell(sums: Array, within: Any, bias: Any, states: Sequence[Array]) -> Sequence[Array]:
    return [np.tanh(_recurrent.added(sums, states[0], within, bias))]


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    return _recurrent.live(xs[0], w)


def scratch(r: Room) -> int:
    return _recurrent.scratch(r, 1)
