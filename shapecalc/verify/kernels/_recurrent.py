"""What the recurrent kernels share: the sequence is walked position by position, and each cell is handed its sums.

From Elman 1990, Cho et al. 2014, Hochreiter & Schmidhuber 1997 and PyTorch's RNN, LSTM and GRU. Pitfall: the state
starts at zero, and its products are carried out all the same; read backwards, the outputs stand where their inputs do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _axes

Weights = tuple[Any, Any, Any, Any]
"""Input × gates, state × gates, and their biases; a bias that there is not is None."""
Cell = Callable[[Array, Any, Any, Sequence[Array]], Sequence[Array]]
"""From the input's sums, the state's matrix and bias, and the states before, to the states after; the first is shown."""


def draw(d: Draw, xs: Shapes, o: Any, gates: int) -> list[list[Weights]]:
    """The weights of each layer, and in it of each direction."""
    if o["biases"] > 2:
        raise ShapeError("SC421", f"a sum has one bias or two, not {o['biases']}")
    units, sums, inputs = o["units"], gates * o["units"], xs[0][-1]
    ways = 2 if o["bidirectional"] else 1
    first, second = o["bias"], o["bias"] and o["biases"] == 2
    found = []
    for _layer in range(o["layers"]):
        meet = inputs + units
        found.append([
            (
                d.weights(inputs, sums, fan_in=meet),
                d.weights(units, sums, fan_in=meet),
                d.biases(sums) if first else None,
                d.biases(sums) if second else None,
            )
            for _way in range(ways)
        ])  # fmt: skip
        inputs = ways * units
    return found


def forward(x: Array, w: list[list[Weights]], cell: Cell, states: int) -> Array:
    """All layers over all positions; `states` is how many arrays a cell carries on."""
    _axes.need(x, 2)
    for layer in w:
        ways = [_read(x, weights, cell, states, way) for way, weights in enumerate(layer)]
        x = np.concatenate(ways, axis=-1)
    return x


def _read(x: Array, weights: Weights, cell: Cell, states: int, backwards: int) -> Array:
    into, within, bias, second = weights
    batch, length, _channels = x.shape
    units = within.shape[0]
    sums = np.matmul(x.reshape(-1, x.shape[-1]), into)
    if bias is not None:
        np.add(sums, bias, out=sums)
    sums = sums.reshape(batch, length, into.shape[-1])
    y, carried = x.empty(batch, length, units), [x.full(0.0, batch, units) for _state in range(states)]
    for t in reversed(range(length)) if backwards else range(length):
        carried = list(cell(sums[:, t], within, second, carried))
        y[:, t] = carried[0]
    return y


def added(sums: Array, h: Array, within: Any, bias: Any) -> Array:
    """The input's sums and the state's, whole."""
    found = np.matmul(h, within)
    if bias is not None:
        np.add(found, bias, out=found)
    return np.add(sums, found, out=found)


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(−x)); not in place, for NumPy 2.4 negates a strided column onto itself wrongly."""
    y = np.negative(x)
    with np.errstate(over="ignore"):
        np.exp(y, out=y)
    np.add(y, 1.0, out=y)
    return np.divide(1.0, y, out=y)


def live(x: Array, w: list[list[Weights]]) -> int:
    """Every weight meets one number at every position of every sample; there is no padding."""
    positions = len(range(x.shape[0])) * x.shape[1]
    return sum(positions * int(into.size + within.size) for layer in w for into, within, *_biases in layer)


def scratch(r: Room, gates: int) -> int:
    """The sums of all gates, the sequences before and behind one layer, and what one step makes of its gates."""
    (batch, length, inputs), units = r.xs[0], r.o["units"]
    ways = 2 if r.o["bidirectional"] else 1
    found: int = length * (inputs + gates * units + 3 * ways * units) + 4 * gates * units + 6 * units
    return batch * found
