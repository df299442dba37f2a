"""What one file says: sheets of answers, each of a student where the file names one, and what could not be taken.

Pitfall: a file may hold a whole class, so a reader always gives a list. And it may hold a million rows, so what one student
can hand in is bounded, and what is said of it, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...record import Record
from ...text import _
from ..answers import AnswerRow

MAX_ROWS = 5_000
MAX_SAID = 20


class Sheet(Record):
    """The rows of one student; `student` is "" where only the file's name can tell."""

    student: str = ""
    rows: tuple[AnswerRow, ...] = ()
    problems: tuple[str, ...] = ()
    facts: Mapping[str, Any] = {}


class Cell(Record):
    """One answer on its way into a row; a column of "" makes a row and no answer in it."""

    student: str
    layer: str
    column: str
    text: str
    line: int | None = None
    turn: int = 0
    """Which of several rows of one name: a VGG table has many called pool."""


def gathered(cells: Iterable[Cell], said: Mapping[str, Sequence[str]] = {}) -> list[Sheet]:
    """Sheets made of cells, in order of first appearance; of two texts for a cell the last one stays, and that is said.

    `said` are sentences by student; a student of whom there is nothing else has a sheet all the same.
    """
    students = dict[str, dict[tuple[str, int], tuple[dict[str, str], int | None]]]()
    problems = {student: list(sentences) for student, sentences in said.items()}
    over = set[str]()
    for cell in cells:
        rows = students.setdefault(cell.student, {})
        place = (cell.layer, cell.turn)
        if place not in rows and len(rows) >= MAX_ROWS:
            over.add(cell.student)
            continue
        row = rows.setdefault(place, ({}, cell.line))[0]
        if not cell.column:
            continue
        before = row.get(cell.column, "").strip()
        if before and before != cell.text.strip():
            message = _("{layer} has two answers for {column}, {first} and {second}; the last one counts")
            problems.setdefault(cell.student, []).append(
                message.format(layer=cell.layer, column=cell.column, first=before, second=cell.text.strip())
            )
        if cell.text.strip() or not before:
            row[cell.column] = cell.text
    for student in over:
        text = _("it has more than {n} rows; what comes after them was left out")
        problems.setdefault(student, []).append(text.format(n=f"{MAX_ROWS:,}"))
    return [
        Sheet(
            student,
            tuple(
                AnswerRow(layer, row, line)
                for (layer, _turn), (row, line) in students.get(student, {}).items()
            ),
            shortened(problems.get(student, ())),
        )
        for student in dict.fromkeys((*students, *problems))
    ]


def shortened(sentences: Iterable[str]) -> tuple[str, ...]:
    """Sentences without repeats, and of many the first ones and how many there are."""
    own = tuple(dict.fromkeys(sentences))
    if len(own) <= MAX_SAID + 1:
        return own
    return (*own[:MAX_SAID], _("… and {n} more like these").format(n=f"{len(own) - MAX_SAID:,}"))


def merged(sheets: Sequence[Sheet]) -> list[Sheet]:
    """One sheet a student, where a file holds several tables of one."""
    if len({sheet.student for sheet in sheets}) == len(sheets):
        return list(sheets)
    cells = list[Cell]()
    said = dict[str, list[str]]()
    for sheet in sheets:
        turns = Counter[str]()
        for row in sheet.rows:
            for column, text in (row.cells or {"": ""}).items():
                cells.append(Cell(sheet.student, row.name, column, text, row.line, turns[row.name]))
            turns[row.name] += 1
        said.setdefault(sheet.student, []).extend(sheet.problems)
    facts = {sheet.student: sheet.facts for sheet in reversed(sheets)}
    return [sheet._replace(facts=facts[sheet.student]) for sheet in gathered(cells, said)]
