"""What stands in a cell of an answer sheet: a layer and a column give a number, a shape, or nothing.

Pitfall: a layer without a window has no padding and no stride, and past a flatten there is no receptive field; such a
cell is empty and cannot be asked.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from ...engine.options import as_written
from ...errors import ShapeError
from ...layers._base import spatial
from ...report.brief import brief
from ...report.quiz import Value, written
from ...report.table import Row, Table
from ...text import _
from ..conventions import Conventions

SUMMED = ("activations", "weights", "biases", "params", "macs", "flops", "memory", "connections")
"""Columns that have a total."""
MOST = 20
"""Answers to an inverse question that are listed; a map of one output has any number of strides."""
INVERSE = ("padding", "stride")
"""Columns that are worked out backwards, from the output shape."""


def value(row: Row, column: str, wanted: Conventions) -> Value | None:
    """The right answer in the conventions' layout; None where there is no such number."""
    if column == "output_shape":
        return as_written(row.output_shape, wanted.layout)
    if column == "receptive_field":
        field = row.receptive_field
        return _even(field.size) if field and field.size else None
    if column in INVERSE:
        return _window(row, column, wanted)
    counts = {
        "activations": lambda: row.activations,
        "memory": lambda: row.activations * wanted.bytes_per_value,
        "weights": lambda: row.params.weights,
        "biases": lambda: row.params.biases,
        "params": lambda: row.params.total + (row.params.buffers if wanted.bn == 4 else 0),
        "macs": lambda: row.macs * (2 if wanted.cost == "flop" else 1),
        "flops": lambda: row.flops,
        "connections": lambda: row.connections,
    }
    return counts[column]()


def _even(sizes: tuple[int, ...]) -> Value:
    """One number where all axes agree."""
    return sizes[0] if len(set(sizes)) == 1 else sizes


def _window(row: Row, column: str, wanted: Conventions) -> Value | None:
    """A window's padding or stride, a number an axis where they differ; None where a padding has uneven sides."""
    windows: Any = getattr(row.costs, "windows", ())
    if not windows:
        return None
    if column == "stride":
        return _even(tuple(w.letters["S"] for w in windows))
    if any(before != after for before, after in (w.padding for w in windows)):
        return None
    factor = 2 if wanted.padding == "total" else 1
    return _even(tuple(factor * w.padding[0] for w in windows))


def also_right(row: Row, column: str, right: Value, wanted: Conventions) -> tuple[int, ...]:
    """Other paddings or strides that give the same output, since rounding down hides the difference."""
    if column not in INVERSE or not isinstance(right, int):
        return ()
    layer: Any = type(row.costs)
    factor = 2 if column == "padding" and wanted.padding == "total" else 1
    found = []
    for n in range(column == "stride", max(2 * right, *row.input_shapes[0][:-1]) + 2):
        each = (n, n) if column == "padding" else n
        setting = (each,) * (len(row.input_shapes[0]) - 1)
        try:
            same = layer({**row.node.options, column: setting}, row.input_shapes).y == row.output_shape
        except ShapeError:
            continue
        if same and factor * n != right:
            found.append(factor * n)
        if len(found) == MOST:
            break
    return tuple(found)


def axes(row: Row, column: str, wanted: Conventions) -> tuple[str, ...]:
    """The letters of a shape's axes, in its order."""
    letters = spatial(len(row.output_shape))
    if column != "output_shape":
        return tuple(letters)
    return ("C", *letters) if wanted.layout == "CHW" else (*letters, "C")


def total(table: Table, column: str, wanted: Conventions) -> int | None:
    """The sum of a column over all layers; None for one that has no sum."""
    if column not in SUMMED:
        return None
    return sum(v for row in table.rows if isinstance(v := value(row, column, wanted), int))


def operation(table: Table, row: Row, hidden: tuple[str, ...], before: str) -> str:
    """A layer in the course's letters, `conv 6, f=5`; what is asked is a question mark in it.

    Where it does not read from the row `before`, it says from which, by the names of its own block.
    """
    shown = row
    if hidden:
        shown = copy(row)
        shown.node = row.node._replace(options={**row.node.options, **dict.fromkeys(hidden, "?")})
    text = brief(table, shown)
    if row.inputs == (before,):
        return text
    here = row.name.rpartition(".")[0]
    names = (name.removeprefix(f"{here}.") if here else name for name in row.inputs)
    return _("{what}, from {names}").format(what=text, names=", ".join(names))


def work(row: Row, column: str, answer: Value) -> str:
    """How a cell is worked out, `5·5·1·6 + 6 = 156`; empty where nothing is."""
    if column == "output_shape":
        windows: Any = getattr(row.costs, "windows", ())
        sizes = dict.fromkeys(f"{w.formula.show(w.letters)} = {w.M}" for w in windows)
        return f"{', '.join(sizes)} → {written(answer)}" if sizes else ""
    if column == "activations":
        return f"{'·'.join(map(str, row.output_shape))} = {answer:,}" if len(row.output_shape) > 1 else ""
    quantities = _WORKED.get(column, ())
    texts = [text for text in (row.costs.work(quantity) for quantity in quantities) if text]
    return f"{' + '.join(texts)} = {answer:,}" if texts else ""


_WORKED = {
    "params": ("weights", "biases"),
    "weights": ("weights",),
    "biases": ("biases",),
    "macs": ("macs",),
    "connections": ("connections",),
}
