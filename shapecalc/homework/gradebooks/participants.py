"""Moodle's number of each student, by which it takes feedback files back: from a hand-in's folder, or from its worksheet.

Pitfall: "Participant 501" is the number of a row in this assignment; it is neither the student's number nor the user's.
"""

from __future__ import annotations

import re

from ...errors import UsageError
from ...report.grades import Grades, Sheet
from .kinds import kind_of
from .roster import Roster
from .sheet import parse

_NUMBER = re.compile(r"\D*?(\d+)")


def from_folder(sheet: Sheet) -> tuple[str, str] | None:
    """Name and number where the hand-in came in one of Moodle's folders, `First Last_501_assignsubmission_file_`."""
    if sheet.facts.get("platform") != "moodle":
        return None
    match = _NUMBER.fullmatch(str(sheet.facts.get("identifier", "")))
    return (str(sheet.facts.get("name", "")), match[1]) if match else None


def in_worksheet(text: str, grades: Grades, file: str) -> dict[int, tuple[str, str]]:
    """Name and number of the sheets that have one row in Moodle's offline worksheet, by their places; none elsewhere."""
    table = parse(text)
    try:
        kind = kind_of(table, grades.name, None, file) if table.rows else None
    except UsageError:
        return {}
    if kind is None or kind.name != "moodle":
        return {}
    roster = Roster(table, kind)
    column = [name.casefold() for name in table.header].index("identifier")
    found = {}
    for place, sheet in enumerate(grades.sheets):
        rows = roster.find(sheet)
        if len(rows) == 1:
            (row,) = rows
            if match := _NUMBER.fullmatch(table.value(row, column)):
                name = table.value(row, kind.names[0]) if kind.names else sheet.student
                found[place] = (name, match[1])
    return found
