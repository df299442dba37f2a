"""Marks go into the teacher's own file: Canvas, Moodle's worksheet, nbgrader's export, or any table with a student a row.

Pitfall: a gradebook is filled and never rewritten. Every byte but those of the filled cells stays as it was: line ends,
quotes, decimal commas, an encoding that nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import UsageError
from ...record import Record
from ...report.grades import Grades
from ...text import _
from .kinds import Kind, kind_of
from .roster import Roster
from .sheet import Edit, parse, replaced
from .written import Written, value

__all__ = ["Change", "Filled", "fill"]


class Change(Record):
    """A student's mark before and after; `old` is empty where none stood."""

    student: str
    old: str
    new: str


class Filled(Record):
    """The file's new text, and what is to be said of it."""

    text: str
    notes: tuple[str, ...]
    changes: tuple[Change, ...] = ()


def fill(
    text: str, grades: Grades, column: str | None, name: str, comments: Mapping[int, str] = {}
) -> Filled:
    """The gradebook `text` with everybody's score. Raises UsageError where no column can be told from the others.

    `column` is the one to fill, for a file with several; `name` that of the file, for messages.
    `comments` are what students are told, by the identity of their sheets, for Moodle's column.
    """
    table = parse(text)
    if not table.rows:
        raise UsageError(
            _("{file} is empty").format(file=name), _("give a new name to have a gradebook written")
        )
    kind: Kind = kind_of(table, grades.name, column, name)
    roster = Roster(table, kind)
    found, notes = roster.match(grades.sheets)
    written = Written(table, kind)
    edits: list[Edit] = []
    changes = []
    for row, sheet in found.items():
        marks = written.edits(row, sheet, notes)
        if marks and value(marks[0].field.value) != value(marks[0].value):
            changes.append(Change(roster.label(row), marks[0].field.value.strip(), marks[0].value))
        edits += marks
        edits += written.comment(row, comments.get(id(sheet), ""))
    handed = set(found).union(*(roster.find(sheet) for sheet in grades.sheets))
    missing = [row for row in roster.rows if row not in handed]
    for row in missing:
        edits += written.missing(row)
    if missing:
        names = ", ".join(roster.label(row) for row in missing)
        notes.append(_("no hand-in: {names}").format(names=names))
    return Filled(replaced(text, edits), tuple(notes), tuple(changes))
