"""A network becomes a worksheet: its table, some cells of it blank, each with its question and its right value.

Pitfall: everything is read off the key's own text, never off what it was made from, so the key alone gives the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...engine import Bound, tabulate
from ...engine.options import as_written
from ...errors import UsageError
from ...graph import Shape
from ...quantities import INVERSE, LABELS, SUMMED
from ...record import Record
from ...report.quiz import Blank, Line, Quiz, Value, written
from ...report.table import Row, Table
from ...text import _
from ..conventions import Conventions
from ..key import Key, make_key, value_of
from ..question import TOTAL
from .blanks import Cell, Sheet, closed, column_names, drawn, in_order, named
from .columns import also_right, axes, operation, value, work
from .words import conventions, question, total_question

DEFAULT = ("output_shape", "activations", "params")


class Wish(Record):
    """What a teacher asks for: cells by name, a share of them, columns, and the seed of what is drawn."""

    blank: str = ""
    rate: float | None = None
    columns: tuple[str, ...] = ()
    seed: int = 0


class Draft(Record):
    """A network laid out as a sheet, and which cells of it are blank."""

    bound: Bound
    table: Table
    sheet: Sheet
    cells: tuple[Cell, ...]
    key: Key

    @property
    def wanted(self) -> Conventions:
        """The conventions of its numbers."""
        return self.key.conventions

    @property
    def answers(self) -> Mapping[Cell, Value]:
        """The right values of the blanks."""
        return {cell: self.sheet.values[cell] for cell in self.cells}


def lay_out(bound: Bound, columns: Sequence[str], wanted: Conventions) -> tuple[Key, Table, Sheet]:
    """The key of a network, its table and all its cells."""
    key, table = make_key(bound.graph, None, wanted), tabulate(bound)
    values = {
        (row.name, column): v
        for row in table.rows
        for column in columns
        if (v := value(key, row, column)) is not None
    }
    for column in columns:
        if column in SUMMED and (v := value_of(key.sum_of(tuple(key.layers), column))) is not None:
            values[TOTAL, column] = v
    readers: dict[str, list[Row]] = {}
    for row in table.rows:
        for name in dict.fromkeys(row.inputs):
            readers.setdefault(name, []).append(row)
    return key, table, Sheet(table.rows, tuple(columns), values, tuple(bound.graph.inputs), readers)


def columns_of(wish: Wish) -> tuple[str, ...]:
    """The sheet's columns: those asked for, else the usual ones and those of the blanks."""
    if wish.columns:
        return wish.columns
    named = {*DEFAULT, *column_names(wish.blank)}
    return tuple(column for column in LABELS if column in named)


def draft(bound: Bound, wish: Wish, wanted: Conventions) -> Draft:
    """Lay a network out and choose its blanks; raises UsageError for a wish that cannot be had."""
    columns = columns_of(wish)
    key, table, sheet = lay_out(bound, columns, wanted)
    if not sheet.rows:
        raise UsageError(_("{name} has no layer to ask about").format(name=table.name))
    if wish.blank:
        cells, one_by_one = named(sheet, wish.blank)
    else:
        cells, one_by_one = [c for c in sheet.values if c[0] != TOTAL], False
    rate = wish.rate if wish.rate is not None else 1.0 if wish.blank else 0.5
    if rate < 1 or (not wish.blank and set(columns) & set(INVERSE)):
        cells = drawn(sheet, cells, rate, wish.seed)
    elif not one_by_one:
        cells = closed(sheet, cells)
    return Draft(bound, table, sheet, tuple(in_order(sheet, cells)), key)


def given_away(draft: Draft) -> list[Cell]:
    """Cells that are shown and give a blank away, because their layer only passes it on."""
    found = [other for cell in draft.cells for other in draft.sheet.after(cell)]
    return in_order(draft.sheet, set(found) - set(draft.cells))


def fill(draft: Draft, cells: Iterable[Cell]) -> Draft:
    """The same sheet with these blanks; a cell that this network does not have is left out."""
    return draft._replace(cells=tuple(c for c in cells if c in draft.sheet.values))


def worksheet(draft: Draft, student: str = "", seed: int = 0, marks: Any = None) -> Quiz:
    """The document of a draft."""
    table, wanted, asked = draft.table, draft.wanted, set(draft.cells)
    maker = _Maker(draft, marks)
    lines: Any = [maker.input_line(name) for name in table.graph.inputs]
    before = next(iter(table.graph.inputs)) if len(table.graph.inputs) == 1 else ""
    for row in table.rows:
        lines.append(maker.line(row, before))
        before = row.name
    if any(name == TOTAL for name, _column in asked):
        lines.append(maker.total_line())
    words = tuple(conventions(table, draft.sheet.columns, wanted))
    columns, lines = draft.sheet.columns, tuple(lines)
    return Quiz(table.name, columns, lines, words, wanted.layout, student, seed, table.spec)


class _Maker:
    """Makes the lines of one sheet and numbers its blanks."""

    def __init__(self, draft: Draft, marks: Any) -> None:
        self.draft = draft
        self.marks = marks
        self.wanted = draft.wanted
        self.asked = set(draft.cells)
        self.number = 0

    def input_line(self, name: str) -> Line:
        key = self.draft.key
        cells: list[Any] = []
        for column in self.draft.sheet.columns:
            given = next((v for v, _question in key.answers(key.row(name), column)), None)
            if column == "output_shape" and isinstance(given, tuple):
                given = as_written(given, self.wanted.layout)
            cells.append(given)
        return Line(name, "", tuple(cells), asked=False)

    def line(self, row: Row, before: str) -> Line:
        hidden = tuple(column for column in INVERSE if (row.name, column) in self.asked)
        what = operation(self.draft.table, row, hidden, before)
        cells = tuple(self.cell(row, what, c) for c in self.draft.sheet.columns)
        return Line(row.name, what, cells, quiet(row))

    def cell(self, row: Row, what: str, column: str) -> Any:
        cell = (row.name, column)
        if cell not in self.asked:
            return self.draft.sheet.values.get(cell)
        right = self.draft.sheet.values[cell]
        shapes = [self.source(name, x) for name, x in zip(row.inputs, row.input_shapes)]
        y = written(as_written(row.output_shape, self.wanted.layout))
        self.number += 1
        return Blank(
            self.number,
            row.name,
            column,
            right,
            question(row.name, what, shapes, y, column, self.draft.table.name),
            axes(row, column, self.wanted) if isinstance(right, tuple) else (),
            marks_of(self.marks, row.name, column),
            work=work(self.draft.key, row.name, column, right),
            also=also_right(self.draft.key, row, column),
        )

    def source(self, name: str, shape: Shape) -> str:
        """What goes into a layer, in words; a shape that is asked itself is not said."""
        if (name, "output_shape") in self.asked:
            return _("the output of {name}").format(name=name)
        return written(as_written(shape, self.wanted.layout))

    def total_line(self) -> Line:
        cells: list[Any] = []
        for column in self.draft.sheet.columns:
            if (TOTAL, column) not in self.asked:
                cells.append(None)
                continue
            self.number += 1
            right = self.draft.sheet.values[TOTAL, column]
            text = total_question(self.draft.table.name, column)
            marks = marks_of(self.marks, TOTAL, column)
            cells.append(Blank(self.number, TOTAL, column, right, text, marks=marks))
        return Line(TOTAL, "", tuple(cells), quiet=True)


def quiet(row: Row) -> bool:
    """A row that changes nothing and counts nothing."""
    layer: Any = row.costs
    return bool(
        layer.view or (row.output_shape == row.input_shapes[0] and not row.params.total and not row.macs)
    )


def marks_of(marks: Any, row: str, column: str) -> float:
    """The marks of a cell under `grading: {marks}`: a number for all, by column, or by row and column; 1 by default."""
    if isinstance(marks, Mapping):
        own = marks.get(row)
        if isinstance(own, Mapping):
            own = own.get(column)
        found = own if own is not None else marks.get(column, 1)
        return found if isinstance(found, (int, float)) else 1
    return marks if isinstance(marks, (int, float)) else 1
