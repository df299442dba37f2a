"""The full worked solution of a cell, in the words of `explain`: formula, numbers, value, and where students stumble.

Pitfall: conventions change what a cell asks, so a solution that does not end in the cell's own value is left out.
"""

from __future__ import annotations

from typing import Any

from .. import layers
from ..engine.options import as_written
from ..errors import ShapeError
from ..layers import Layer
from ..report.derivation import DerivationStep, LayerDerivation
from .conventions import Conventions
from .key import Key, KeyCell
from .question import Question

SIZED = ("output_shape", "output_size")


def solution(key: Key, cell: KeyCell) -> LayerDerivation | None:
    """Of a layer's cell of an answer sheet; None of a sum, and where `explain` has nothing to say."""
    if cell.row.kind != "layer":
        return None
    return worked(key.layers[cell.row.name], cell.row.name, cell.quantity, cell.expected, key.conventions)


def of_question(name: str, question: Question | None, expected: Any) -> LayerDerivation | None:
    """Of a single question, `question` being the layer behind it; None where there is no single one."""
    if question is None or layers.load(question.word) is None:
        return None
    try:
        return worked(question.layer(), name, question.quantity, expected, question.conventions)
    except ShapeError:
        return None


def worked(
    layer: Layer, name: str, quantity: str, expected: Any, used: Conventions
) -> LayerDerivation | None:
    """The steps of one quantity of a layer, under a name; None where they do not come to `expected`."""
    from ..analysis.explain import steps_of

    asked = "flops" if quantity == "macs" and used.cost == "flop" else quantity
    said = "output_shape" if quantity in SIZED else asked
    steps = steps_of(layer, said, batch=used.batch, itemsize=used.bytes_per_value)
    if not steps or not _comes_to(layer, steps, quantity, expected):
        return None
    shown = ["×".join(map(str, as_written(shape, used.layout))) for shape in (*layer.inputs, layer.y)]
    return LayerDerivation(
        name, layers.word_of(type(layer)), "", " + ".join(shown[:-1]), shown[-1], steps=steps
    )


def _comes_to(layer: Layer, steps: tuple[DerivationStep, ...], quantity: str, expected: Any) -> bool:
    if quantity in SIZED:
        return expected in (layer.y, layer.y[:-1]) or (expected,) == layer.y
    return bool(steps[-1].value == expected)
