"""What marking again has changed: the marks of an earlier run beside those of this one, student by student and cell by cell.

Pitfall: whoever is in only one of the two has not changed, and is named apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import UsageError
from ..record import Record
from ..text import N_, _, ngettext
from .grades import Grades, tidy, whole
from .grid import Column, Grid

Marks = Mapping[str, float]
"""The marks of each cell, `conv1.params`."""
OTHER = ""
"""What a score differs by beside its cells: a penalty for handing in late."""


class Change(Record):
    """The marks of one cell before and now; None where it was not asked."""

    student: str
    cell: str
    old: float | None
    new: float | None


class Changed(Record):
    """All changes, and what there is to say of them."""

    name: str
    changes: tuple[Change, ...]
    scores: tuple[Change, ...]
    notes: tuple[str, ...]

    def grid(self) -> Grid:
        """A line a cell, after each student's line with the whole score."""
        columns = (
            Column("student", N_("student")), Column("cell", N_("cell")), Column("old", N_("before"), "count"),
            Column("new", N_("now"), "count"),
        )  # fmt: skip
        rows = []
        for score in self.scores:
            rows.append(_row(score))
            rows += [_row(change) for change in self.changes if change.student == score.student]
        return Grid(_("{name}: what changed").format(name=self.name), columns, tuple(rows), None, self.notes)

    def data(self) -> Mapping[str, Any]:
        return {"name": self.name, "changes": [*self.records()]}

    def records(self) -> list[Mapping[str, Any]]:
        return [change._asdict() for change in self.changes]

    def lines(self) -> Iterator[str]:
        """A sentence a student, for where no table can stand."""
        cells = dict[str, list[str]]()
        for change in self.changes:
            cells.setdefault(change.student, []).append(
                f"{change.cell} {_text(change.old)} → {_text(change.new)}"
            )
        for score in self.scores:
            own = ", ".join(cells.get(score.student, ()))
            yield f"{score.student}: {_text(score.old)} → {_text(score.new)}" + (f" ({own})" if own else "")
        yield from self.notes


def _row(change: Change) -> tuple[Any, ...]:
    numbers = (None if marks is None else whole(marks) for marks in (change.old, change.new))
    return (change.student, change.cell, *numbers)


def _text(marks: float | None) -> str:
    return "–" if marks is None else f"{whole(tidy(marks))}"


def changed(grades: Grades, old: Any, file: str) -> Changed:
    """`old` is the document that `--format json` wrote. Raises UsageError where it is none."""
    before, after = _earlier(old, file), _now(grades)
    changes, scores = list[Change](), list[Change]()
    for student, (score, marks) in after.items():
        if student not in before:
            continue
        was, known = before[student]
        if was != score:
            scores.append(Change(student, _("score"), was, score))
        found = [
            Change(student, cell, known.get(cell), marks.get(cell))
            for cell in dict.fromkeys((*known, *marks))
            if known.get(cell) != marks.get(cell)
        ]
        if found and was == score:
            scores.append(Change(student, _("score"), was, score))
        changes += found
    n = len(scores)
    line = ngettext("The marks of {n} student changed.", "The marks of {n} students changed.", n)
    notes = [line.format(n=n)]
    for text, names in (
        (_("not in {file}: {names}"), [s for s in after if s not in before]),
        (_("only in {file}: {names}"), [s for s in before if s not in after]),
    ):
        if names:
            notes.append(text.format(file=file, names=", ".join(names)))
    return Changed(grades.name, tuple(changes), tuple(scores), tuple(notes))


def _now(grades: Grades) -> dict[str, tuple[float, Marks]]:
    return {
        sheet.student: (sheet.score, {f"{c.layer}.{c.quantity}": tidy(c.score) for c in sheet.cells})
        for sheet in grades.sheets
    }


def _earlier(old: Any, file: str) -> dict[str, tuple[float, Marks]]:
    try:
        answers: Sequence[Any] = old["answers"]
        return {
            str(sheet["student"]): (
                float(sheet["score"]),
                {
                    f"{c['layer']}.{c['quantity']}": tidy(float(c["credit"]) * float(c.get("marks", 1)))
                    for c in sheet["cells"]
                },
            )
            for sheet in answers
        }
    except (KeyError, TypeError, ValueError):
        raise UsageError(
            _("{file} holds no marks of an earlier run").format(file=file),
            _("keep one with: shapecalc grade KEY ANSWERS --format json -o old.json"),
        ) from None
