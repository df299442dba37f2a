"""The plain gradebook: a line a student with score and counts, and then the marks of every cell.

Pitfall: a student in the list without a hand-in has a line too, with 0 and nothing in his cells.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """`absent` are ids without a hand-in."""

    grades: Grades
    absent: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.grades.name

    def grid(self) -> Grid:
        """Sorted by id."""
        sheets = self.grades.sheets
        places = list(dict.fromkeys((c.layer, c.quantity) for sheet in sheets for c in sheet.cells))
        most = max((sheet.max_score for sheet in sheets), default=0.0)
        rows = [_row(sheet, places) for sheet in sheets]
        rows += [
            (name, 0, whole(most), 0, 0, 0, 0, len(places), 0, "", *[""] * len(places))
            for name in self.absent
        ]
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


def _row(sheet: Sheet, places: list[tuple[str, str]]) -> tuple[Any, ...]:
    counts = sheet.counts()
    marks = {(cell.layer, cell.quantity): whole(tidy(cell.score)) for cell in sheet.cells}
    percent = round(100 * sheet.score / sheet.max_score, 2) if sheet.max_score else 0
    late = sheet.facts.get("late", "")
    return (
        sheet.student, whole(sheet.score), whole(sheet.max_score), whole(percent), sum(counts[state] for state in RIGHT),
        counts["follow_through"], counts["wrong"] + counts["special_case"], counts["blank"], counts["unreadable"], late,
        *(marks.get(place, "") for place in places),
    )  # fmt: skip
