"""Marks that a person gave by hand: a small file of student, cell, marks and reason, which every marking run puts on top.

Pitfall: whoever marks again after mending the key must not lose them, so they stand beside the key and not in the gradebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..errors import UsageError, nearest
from ..record import Record
from ..report.grades import Cell, Grades, Sheet
from ..spec.grading import split
from ..text import _
from .gradebooks.sheet import Table, parse
from .gradebooks.written import value
from .key import plain

HEAD = ("student", "cell", "marks", "reason")
STUDENT = ("student", "student_id", "id", "学号", "学生")


class Override(Record):
    """The marks of one cell of one student; `place` is the file and the line."""

    student: str
    cell: str
    marks: float
    reason: str
    place: str


def read_overrides(text: str, name: str) -> tuple[Override, ...]:
    """The overrides of a CSV. Raises UsageError at the first line that says none."""
    table = parse(text)
    header = [head.casefold() for head in table.header]
    columns = [next((header.index(s) for s in STUDENT if s in header), None)]
    columns += [header.index(head) if head in header else None for head in HEAD[1:]]
    if None in columns[:3]:
        raise UsageError(
            _("{file} is no list of marks given by hand").format(file=name),
            _("its first line is: student,cell,marks,reason"),
        )
    return tuple(_override(table, row, columns, name) for row in range(1, len(table.rows)))


def _override(table: Table, row: int, columns: Sequence[int | None], name: str) -> Override:
    student, cell, marks, reason = (table.value(row, column) for column in columns)
    place = f"{name}:{row + 1}"
    score = value(marks)
    if score is None:
        message = _("{place}: {text} is no number of marks").format(place=place, text=marks or _("nothing"))
        raise UsageError(
            message, _("write student, cell, marks, reason: s01,conv1.params,0.5,says so on paper")
        )
    return Override(student, cell, score, reason, place)


def overridden(grades: Grades, overrides: Iterable[Override]) -> tuple[Grades, tuple[str, ...]]:
    """The grades with marks given by hand, and sentences on those that have nobody to go to.

    Raises UsageError where a sheet has no such cell, or it is worth less than was given.
    """
    sheets = list(grades.sheets)
    places = dict[str, list[int]]()
    for place, sheet in enumerate(sheets):
        for name in {sheet.student.casefold(), *_names(sheet)}:
            places.setdefault(name, []).append(place)
    lost, unread = list[str](), list[str]()
    for override in overrides:
        own = places.get(override.student.casefold(), [])
        if not own:
            lost.append(f"{override.student} ({override.place})")
        for place in own:
            if grades.sheets[place].unread or not sheets[place].cells:
                unread.append(f"{override.student} ({override.place})")
            else:
                sheets[place] = _given(sheets[place], override)
    said = (
        (_("marks given by hand to nobody who handed in: {names}"), lost),
        (_("marks given by hand to a hand-in that could not be read, and left to a person: {names}"), unread),
    )
    sentences = (text.format(names=", ".join(names)) for text, names in said if names)
    return grades._replace(sheets=tuple(sheets)), tuple(sentences)


def _names(sheet: Sheet) -> set[str]:
    return {
        str(sheet.facts[fact]).casefold() for fact in ("email", "sid", "identifier") if sheet.facts.get(fact)
    }


def _given(sheet: Sheet, override: Override) -> Sheet:
    row, column = split(override.cell)
    fitting = [
        cell for cell in sheet.cells
        if plain(cell.layer) == plain(row or "") and column in (None, cell.quantity)
    ]  # fmt: skip
    if len(fitting) != 1:
        names = [f"{cell.layer}.{cell.quantity}" for cell in sheet.cells]
        near = nearest(override.cell, names)
        message = _("{place}: no cell {cell} is asked").format(place=override.place, cell=override.cell)
        help = _("did you mean {word}?").format(word=near) if near else _("there are {names}").format(names=", ".join(names[:20]))  # fmt: skip
        raise UsageError(message, help)
    cells = tuple(_by_hand(cell, override) if cell is fitting[0] else cell for cell in sheet.cells)
    return sheet._replace(cells=cells)


def _by_hand(cell: Cell, override: Override) -> Cell:
    if override.marks > cell.marks:
        message = _("{place}: {cell} has {max} marks, and {marks} are given").format(
            place=override.place, cell=override.cell, max=f"{cell.marks:g}", marks=f"{override.marks:g}"
        )
        raise UsageError(message, _("a cell's marks are in the key: grading: {marks: …}"))
    share = override.marks / cell.marks if cell.marks else 0
    return cell._replace(credit=share, by_hand=override.reason)
