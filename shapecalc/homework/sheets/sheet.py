"""What one file says: sheets of answers, each of a student where the file names one, and what could not be taken.

Pitfall: a file may hold a whole class, so a reader always gives a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...record import Record
from ...text import _
from ..answers import AnswerRow


class Sheet(Record):
    """The rows of one student; `student` is "" where only the file's name can tell."""

    student: str = ""
    rows: tuple[AnswerRow, ...] = ()
    problems: tuple[str, ...] = ()
    facts: Mapping[str, Any] = {}


class Cell(Record):
    """One answer on its way into a row."""

    student: str
    layer: str
    column: str
    text: str
    line: int | None = None
    turn: int = 0
    """Which of several rows of one name: a VGG table has many called pool."""


def gathered(
    cells: list[Cell], problems: list[str], facts: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Sheet]:
    """Sheets made of cells, in order of first appearance; of two texts for a cell the last one stays, and that is said."""
    students = dict[str, dict[tuple[str, int], tuple[dict[str, str], int | None]]]()
    doubles = dict[str, list[str]]()
    for cell in cells:
        rows = students.setdefault(cell.student, {})
        row = rows.setdefault((cell.layer, cell.turn), ({}, cell.line))[0]
        before = row.get(cell.column)
        if before is not None and before.strip() != cell.text.strip() and before.strip():
            message = _("{layer} has two answers for {column}, {first} and {second}; the last one counts")
            doubles.setdefault(cell.student, []).append(
                message.format(
                    layer=cell.layer, column=cell.column, first=before.strip(), second=cell.text.strip()
                )
            )
        if cell.text.strip() or before is None:
            row[cell.column] = cell.text
    return [
        Sheet(
            student,
            tuple(AnswerRow(layer, row, line) for (layer, _turn), (row, line) in rows.items()),
            (*problems, *doubles.get(student, ())),
            (facts or {}).get(student, {}),
        )
        for student, rows in students.items()
    ]


def merged(sheets: Sequence[Sheet]) -> list[Sheet]:
    """One sheet a student, where a file holds several tables of one."""
    if len({sheet.student for sheet in sheets}) == len(sheets):
        return list(sheets)
    cells = list[Cell]()
    for sheet in sheets:
        turns = Counter[str]()
        for row in sheet.rows:
            for column, text in (row.cells or {"": ""}).items():
                cells.append(Cell(sheet.student, row.name, column, text, row.line, turns[row.name]))
            turns[row.name] += 1
    said = dict[str, list[str]]()
    for sheet in sheets:
        said.setdefault(sheet.student, []).extend(
            p for p in sheet.problems if p not in said.get(sheet.student, ())
        )
    joined = [
        sheet._replace(
            rows=tuple(row._replace(cells={c: t for c, t in row.cells.items() if c}) for row in sheet.rows),
            problems=(*said.pop(sheet.student), *sheet.problems),
        )
        for sheet in gathered(cells, [])
    ]
    return [*joined, *(Sheet(student, (), tuple(problems)) for student, problems in said.items())]
