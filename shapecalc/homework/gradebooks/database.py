"""Marks into nbgrader's own database, by its own API: as if they had been given by hand in its form for grading.

Pitfall: nbgrader adds up the cells of a submission, so all marks go into one cell, and an assignment with several cells
for marks has to be told which.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from ...errors import UsageError
from ...report.grades import Grades, Sheet, number
from ...text import _

OURS = "shapecalc"
"""The cell that is made where there is none, and how a comment of ours begins."""
MARKS = "-marks"
"""What the cell for the marks in a worksheet's notebook is called at its end."""


def fill_database(
    grades: Grades, path: str, name: str | None, comments: Mapping[int, str] = {}
) -> tuple[str, ...]:
    """Everybody's score in the assignment `name` (`hw1`, or `hw1/CELL`), and what is to be said of it.

    Raises UsageError where nbgrader is missing, where the file is no database, or where no single cell takes the marks.
    """
    try:
        api: Any = import_module("nbgrader.api")
    except ImportError:
        raise UsageError(
            _("{file} is filled by nbgrader itself, which is not installed here").format(file=path),
            _("pip install nbgrader, or fill its export: nbgrader export, then --gradebook grades.csv"),
        ) from None
    if os.path.exists(path) and not _is_database(path):
        raise UsageError(
            _("{file} is no database").format(file=path), _("give nbgrader's gradebook.db, or a CSV")
        )
    if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
        raise UsageError(_("{file} cannot be written").format(file=path), _("its folder is not there"))
    if shutil.which("alembic") is None:  # nbgrader runs it by name, and a venv need not be on the path
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), os.path.dirname(sys.executable)])
    with warnings.catch_warnings(), api.Gradebook(f"sqlite:///{os.path.abspath(path)}") as book:
        warnings.simplefilter("ignore")  # of its database's library, about its own use of it
        return tuple(_Book(api, book, grades, name, path).fill(comments))


def _is_database(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(16) in (b"SQLite format 3\0", b"")


class _Book:
    """One assignment of a gradebook."""

    def __init__(self, api: Any, book: Any, grades: Grades, name: str | None, path: str) -> None:
        self.api, self.book, self.grades, self.path = api, book, grades, path
        wanted, _slash, cell = (name or "").partition("/")
        self.assignment = self._assignment(wanted)
        self.notebook, self.cell, self.most = self._cell(cell)

    def _assignment(self, wanted: str) -> str:
        names = [assignment.name for assignment in self.book.assignments]
        if wanted in names or (wanted and not names):
            return wanted
        if not wanted and len(names) == 1:
            return str(names[0])
        if not names:
            raise UsageError(
                _("{file} has no assignment yet").format(file=self.path), _("say its name: --column hw1")
            )
        message = _("{file} has no assignment {name}") if wanted else _("{file} has several assignments")
        help = _("give --column NAME; there are {names}").format(names=", ".join(names))
        raise UsageError(message.format(file=self.path, name=wanted), help)

    def _cell(self, wanted: str) -> tuple[str, str, float]:
        """The notebook, the cell for the marks, and its points; made where the assignment has none."""
        most = max((sheet.max_score for sheet in self.grades.sheets), default=0.0)
        assignment = self.book.update_or_create_assignment(self.assignment)
        cells = [
            (book.name, cell.name, cell.max_score)
            for book in assignment.notebooks
            for cell in book.grade_cells
        ]
        if not cells and not wanted:
            notebook = assignment.notebooks[0].name if assignment.notebooks else self.assignment
            self.book.update_or_create_notebook(notebook, self.assignment)
            self.book.update_or_create_grade_cell(
                OURS, notebook, self.assignment, max_score=most, cell_type="markdown"
            )
            self.book.update_or_create_solution_cell(OURS, notebook, self.assignment)
            return notebook, OURS, most
        fitting = [c for c in cells if c[1] == wanted] if wanted else cells
        fitting = fitting if len(fitting) == 1 else [c for c in fitting if c[1].endswith(MARKS)]
        if len(fitting) != 1:
            names = ", ".join(cell for _book, cell, _most in cells) or "–"
            message = _("{name} has {n} cells for marks, and none of them is meant for all").format(
                name=self.assignment, n=len(cells)
            )
            raise UsageError(message, f"--column {self.assignment}/CELL: {names}")
        return fitting[0]

    def fill(self, comments: Mapping[int, str]) -> Iterator[str]:
        """Put the scores in; sentences on what changed, and on whom no mark could be given."""
        known = {student.id: student.id for student in self.book.students}
        fresh = not known
        lost, unread, changed, scaled = [], [], [], None
        for sheet in self.grades.sheets:
            if sheet.unread:
                unread.append(sheet.student or sheet.file)
                continue
            if fresh and sheet.student:
                known[sheet.student] = self.book.update_or_create_student(sheet.student).id
            if sheet.student not in known:
                lost.append(sheet.student or sheet.file)
                continue
            score = sheet.score
            if self.most and sheet.max_score and sheet.max_score != self.most:
                score, scaled = round(score * self.most / sheet.max_score, 2), sheet.max_score
            old = self._put(sheet, score, comments.get(id(sheet), ""))
            if old is not None and old != score:
                changed.append(f"{sheet.student} {number(old)} → {number(score)}")
        self.book.db.commit()
        if lost:
            yield _("not in the gradebook: {names}").format(names=", ".join(lost))
        if unread:
            yield _("could not be read, and left as they were: {names}").format(names=", ".join(unread))
        if scaled is not None:
            text = _("scaled from {max} marks to the gradebook's {most}")
            yield text.format(max=number(scaled), most=number(self.most))
        if changed:
            yield _("marks that changed: {names}").format(names=", ".join(changed))

    def _put(self, sheet: Sheet, score: float, comment: str) -> float | None:
        """A student's score; the one that stood there before, None where there was none."""
        student, place = sheet.student, (self.cell, self.notebook, self.assignment, sheet.student)
        try:
            self.book.find_submission(self.assignment, student)
        except self.api.MissingEntry:
            self.book.add_submission(self.assignment, student)
        grade = self.book.find_grade(*place)
        old: float | None = grade.manual_score
        grade.manual_score = score
        grade.needs_manual_grade = False
        try:
            said = self.book.find_comment(*place)
        except self.api.MissingEntry:  # a cell of tests has no room for one
            return old
        if comment and (not said.manual_comment or said.manual_comment.startswith(OURS)):
            said.manual_comment = f"{OURS}: {comment}"
        return old
