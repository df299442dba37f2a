"""What a gradebook is, by its header: where its students are named, where the marks go, and what full marks are.

Pitfall: a Canvas export has a column for every assignment and, below the header, a row of points possible that is no
student; Moodle's columns vary with its settings, and so does their language.
"""

from __future__ import annotations

import re

from ...errors import UsageError, nearest
from ...record import Record
from ...text import _
from .sheet import Table

IDS = ("id", "sis user id", "sis login id", "integration id", "identifier", "id number", "student_id", "student id", "sid",
       "username", "login", "user name", "学号", "编号")  # fmt: skip
EMAILS = ("email", "email address", "e-mail", "e-mail address", "sis login id", "邮箱", "电子邮件")
NAMES = ("student", "name", "full name", "姓名", "名字")
FIRST = ("first name", "first_name", "firstname")
LAST = ("last name", "last_name", "lastname", "surname")
GRADES = (
    "grade",
    "score",
    "raw_score",
    "mark",
    "marks",
    "points",
    "punkte",
    "punktzahl",
    "成绩",
    "分数",
    "得分",
)
MAXIMA = ("maximum grade", "max_score", "points possible", "out of", "满分")
COMMENTS = ("feedback comments", "feedback comment")
_ASSIGNMENT = re.compile(r"(.*\S)\s*\((\d+)\)")


class Kind(Record):
    """Columns by number: `ids` and `emails` name students exactly, `names` less so; `first` is the first student's row."""

    name: str
    ids: tuple[int, ...]
    emails: tuple[int, ...]
    names: tuple[int, ...]
    grades: tuple[int, ...]
    maximum: int | None = None
    points: str = ""
    first: int = 1
    changeable: int | None = None
    assignment: int | None = None
    wanted: str = ""
    penalty: int | None = None
    parts: tuple[int, ...] = ()
    """First and last name, where they stand apart."""
    comment: int | None = None
    """Moodle's column for what the student is told."""


def kind_of(table: Table, key: str, column: str | None, file: str) -> Kind:
    """The kind of a gradebook. Raises UsageError where there are no students, or no single column for the marks."""
    header = [name.casefold() for name in table.header]

    def where(known: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(i for i, name in enumerate(header) if name in known)

    ids, emails, names, maxima = where(IDS), where(EMAILS), where(NAMES), where(MAXIMA)
    parts = (*where(FIRST)[:1], *where(LAST)[:1])
    if not (ids or emails or names):
        message = _("{file} has no column that names students").format(file=file)
        raise UsageError(
            message, _("a gradebook has a header with student_id, ID, Identifier or Email address")
        )
    maximum = maxima[0] if maxima else None
    if "student" in header and "id" in header:
        place = _assignment(table, key, column, file)
        points = next(
            (
                i
                for i in range(1, min(4, len(table.rows)))
                if table.value(i, 0).casefold() == "points possible"
            ),
            None,
        )
        first = 1 if points is None else points + 1
        return Kind(
            "canvas", ids, emails, names, (place,), None, table.value(points, place) if points else "", first
        )
    if "identifier" in header and "grade" in header:
        change = header.index("grade can be changed") if "grade can be changed" in header else None
        said = next((i for i, name in enumerate(header) if name in COMMENTS), None)
        grade = (header.index("grade"),)
        return Kind("moodle", ids, emails, names, grade, maximum, changeable=change, comment=said)
    if "raw_score" in header and "assignment" in header:
        return _nbgrader(
            table, header, Kind("nbgrader", ids, emails, names, (), maximum, parts=parts), key, column, file
        )
    if column:
        return Kind("table", ids, emails, names, (_named(table, column, file),), maximum, parts=parts)
    grades = tuple(i for i, name in enumerate(header) if _called(name) == key.casefold()) or where(GRADES)
    if len(grades) != 1:
        raise UsageError(_("{file} does not say where the marks go").format(file=file),
                         _("give --column NAME; there are {names}").format(names=", ".join(table.header)))  # fmt: skip
    return Kind("table", ids, emails, names, grades, maximum, parts=parts)


def _called(header: str) -> str:
    """What a column is about: HW1 of Moodle's `Assignment: HW1 (Real)`, and of a column HW1."""
    return header.removeprefix("assignment:").removesuffix("(real)").strip()


def _named(table: Table, column: str, file: str) -> int:
    for i, name in enumerate(table.header):
        if name.casefold() == column.strip().casefold():
            return i
    near = nearest(column, list(table.header))
    help = (
        _("did you mean {word}?").format(word=near)
        if near
        else _("there are {names}").format(names=", ".join(table.header))
    )
    raise UsageError(_("{file} has no column {name}").format(file=file, name=column), help)


def _assignment(table: Table, key: str, column: str | None, file: str) -> int:
    """Canvas's column `HW1 (4314282)`: the one asked for, the one called like the key, or the only one."""
    known = {i: match for i, name in enumerate(table.header) if (match := _ASSIGNMENT.fullmatch(name))}
    wanted = (column or key).strip().casefold()
    for i, match in known.items():
        if wanted in (match[0].casefold(), match[1].casefold(), match[2]):
            return i
    if column:
        return _named(table, column, file)
    if len(known) == 1:
        return next(iter(known))
    names = ", ".join(match[0] for match in known.values()) or "–"
    message = _("{file} has {n} assignments, and none is called {key}").format(
        file=file, n=len(known), key=key
    )
    raise UsageError(message, _("give --column NAME; there are {names}").format(names=names))


def _nbgrader(table: Table, header: list[str], kind: Kind, key: str, column: str | None, file: str) -> Kind:
    """Nbgrader's export: a row for each assignment and student."""
    place = header.index("assignment")
    names = list(dict.fromkeys(table.value(i, place) for i in range(1, len(table.rows))))
    wanted = next(
        (n for w in filter(None, (column, key)) for n in names if n.casefold() == w.casefold()), None
    )
    if wanted is None and (column or len(names) != 1):
        message = _("{file} has no assignment {name}").format(file=file, name=column or key)
        raise UsageError(message, _("give --column NAME; there are {names}").format(names=", ".join(names)))
    grades = tuple(header.index(name) for name in ("raw_score", "score") if name in header)
    penalty = header.index("late_submission_penalty") if "late_submission_penalty" in header else None
    return kind._replace(grades=grades, assignment=place, wanted=wanted or names[0], penalty=penalty)
