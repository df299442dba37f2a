"""The students of a class: a file of names, one a line, or a table with a column of them.

Pitfall: two students must not share a file, so ids that make the same file name are refused.
"""

from __future__ import annotations

import csv
import io
import re

from ...errors import UsageError
from ...text import _

HEADS = ("student_id", "student", "id", "sid", "email", "name", "学号", "姓名", "学生")
"""Headings of the column that names a student, the surest first."""


def students(text: str, path: str) -> list[str]:
    """The ids in a roster, in its order. Raises UsageError where there are none, or one stands there twice."""
    text = text.removeprefix("\ufeff")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = next((s for s in ("\t", ";", ",") if s in first), ",")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(c.strip() for c in row)]
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    column = next((heads.index(head) for head in HEADS if head in heads), None)
    listed = rows if column is None else rows[1:]
    found = [row[column or 0].strip() for row in listed if len(row) > (column or 0)]
    found = [name for name in found if name]
    if not found:
        help = _("one id a line, or a column called {names}").format(names=" ".join(HEADS[:4]))
        raise UsageError(_("{path} names no student").format(path=path), help)
    known: dict[str, str] = {}
    for name in found:
        other = known.get(file_name(name).casefold())
        if other is not None:
            twice = _("{path} has {name} twice")
            message = twice if other == name else _("{path}: {name} and {other} would share a file")
            raise UsageError(message.format(path=path, name=name, other=other), _("ids must differ"))
        known[file_name(name).casefold()] = name
    return found


def numbered(n: int) -> list[str]:
    """Ids for a class without a roster: s01, s02 and so on."""
    return [f"s{i:0{max(2, len(str(n)))}}" for i in range(1, n + 1)]


def file_name(student: str) -> str:
    """A student's id as the name of a file."""
    plain = re.sub(r"[^\w.@+-]+", "_", student).strip("._")
    return plain or "student"
