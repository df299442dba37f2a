"""The plain gradebook: a line a student with score and counts, and then the marks of every cell.

Pitfall: a hand-in that could not be read has a line without a score, since 0 would be a judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..record import Record
from .grades import RIGHT, Grades, Sheet, tidy, whole
from .grid import Column, Grid

HEAD = (
    "student_id",
    "score",
    "max_score",
    "percent",
    "correct",
    "follow_through",
    "wrong",
    "blank",
    "unreadable",
    "late",
)


class Gradebook(Record):
    """A class, sorted by id."""

    grades: Grades

    @property
    def name(self) -> str:
        return self.grades.name

    def grid(self) -> Grid:
        """Sorted by id."""
        sheets = _one_each(self.grades.sheets)
        places = list(dict.fromkeys((c.layer, c.quantity) for sheet in sheets for c in sheet.cells))
        rows = [_row(sheet, places) for sheet in sheets]
        columns = (*HEAD, *(f"{layer}.{quantity}" for layer, quantity in places))
        return Grid(
            self.name,
            tuple(Column(key, key) for key in columns),
            tuple(sorted(rows, key=lambda row: str(row[0]))),
        )

    def data(self) -> Mapping[str, Any]:
        return self.grades.data()

    def records(self) -> list[Mapping[str, Any]]:
        return self.grades.records()


def _one_each(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The best hand-in of each student."""
    best = dict[str, Sheet]()
    for sheet in sheets:
        other = best.get(sheet.student)
        if other is None or (sheet.unread, -sheet.score) < (other.unread, -other.score):
            best[sheet.student] = sheet
    return list(best.values())


def _row(sheet: Sheet, places: list[tuple[str, str]]) -> tuple[Any, ...]:
    if sheet.unread:
        return (sheet.student, "", whole(sheet.max_score), *[""] * (len(HEAD) - 3), *[""] * len(places))
    counts = sheet.counts()
    marks = {(cell.layer, cell.quantity): whole(tidy(cell.score)) for cell in sheet.cells}
    percent = round(100 * sheet.score / sheet.max_score, 2) if sheet.max_score else 0
    late = sheet.facts.get("late", "")
    return (
        sheet.student, whole(sheet.score), whole(sheet.max_score), whole(percent), sum(counts[state] for state in RIGHT),
        counts["follow_through"], counts["wrong"] + counts["special_case"], counts["blank"], counts["unreadable"], late,
        *(marks.get(place, "") for place in places),
    )  # fmt: skip
