"""What stands in a cell of an answer sheet: a layer and a column give a number, a shape, or nothing.

Pitfall: a layer without a window has no padding and no stride, and past a flatten there is no receptive field; such a
cell is empty and cannot be asked.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from ...engine.options import as_written
from ...layers._base import spatial
from ...quantities import INVERSE
from ...report.brief import brief
from ...report.quiz import Value, written
from ...report.table import Row, Table
from ...text import _
from ..conventions import Conventions
from ..key import Key


def value(key: Key, row: Row, column: str) -> Value | None:
    """The right answer in the conventions' layout; None where there is no such number."""
    if column in INVERSE and not _even(row):
        return None
    expected = next((found for found, _question in key.answers(key.row(row.name), column)), None)
    if column == "output_shape" and isinstance(expected, tuple):
        return as_written(expected, key.conventions.layout)
    return expected or None if column == "receptive_field" else expected


def _even(row: Row) -> bool:
    """Return True if a window has as many zeros before as behind, so that one number says it."""
    windows: Any = getattr(row.costs, "windows", ())
    return bool(windows) and all(before == behind for before, behind in (w.padding for w in windows))


def also_right(key: Key, row: Row, column: str) -> tuple[int, ...]:
    """Other paddings or strides that give the same output, since rounding down hides the difference."""
    question = key.question(row.name, column)
    if column not in INVERSE:
        return ()
    return tuple(n for n in question.solutions() if n != question.value())


def axes(row: Row, column: str, wanted: Conventions) -> tuple[str, ...]:
    """The letters of a shape's axes, in its order."""
    letters = spatial(len(row.output_shape))
    if column != "output_shape":
        return tuple(letters)
    return ("C", *letters) if wanted.layout == "CHW" else (*letters, "C")


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


def work(key: Key, row: str, column: str, answer: Value) -> str:
    """How a cell is worked out, `5·5·1·6 + 6 = 156`; empty where nothing is."""
    cell = key.cell(key.row(row), column)
    text = key.work(cell) if cell else ""
    return f"{text} → {written(answer)}" if text and column == "output_shape" else text
