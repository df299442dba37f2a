"""A published key against what is computed: the values that differ, each with the slip that would give it.

Pitfall: a value that is right to the digits it has is no mistake, and a sum of wrong numbers may be a right sum; both
are told apart from what was worked out wrongly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..record import Record
from ..text import N_, _, clauses, ngettext
from .grades import LABELS, Cell, Sheet, plain, value_text
from .grid import Column, Grid

DIFFERENT = ("wrong", "special_case", "follow_through")


class CheckedKey(Record):
    """The published values of one file."""

    sheet: Sheet

    @property
    def name(self) -> str:
        return self.sheet.key

    @property
    def errors(self) -> tuple[Cell, ...]:
        """Cells whose published value is not what is computed."""
        return tuple(cell for cell in self.sheet.cells if cell.state in DIFFERENT)

    @property
    def stated(self) -> int:
        """Values that the file states."""
        return sum(cell.state not in ("blank", "unreadable") for cell in self.sheet.cells)

    def grid(self) -> Grid:
        columns = (
            Column("cell", N_("cell")), Column("published", N_("published")), Column("computed", N_("computed")),
            Column("work", N_("worked out")), Column("why", N_("likely slip")),
        )  # fmt: skip
        rows = tuple(
            (f"{c.layer} {_(LABELS[c.quantity])}", c.given, value_text(c.expected), c.work, _why(c))
            for c in self.errors
        )
        wrong = len(self.errors)
        line = ngettext("{n} of {all} published value is not what is computed.",
                        "{n} of {all} published values are not what is computed.", wrong)  # fmt: skip
        notes = [line.format(n=wrong, all=self.stated), *self.sheet.problems, *self.sheet.notes]
        unread = [c.place for c in self.sheet.cells if c.state == "unreadable"]
        if unread:
            notes.insert(1, _("could not be read: {cells}").format(cells=", ".join(unread)))
        title = _("{name}: {file} against what is computed").format(name=self.name, file=self.sheet.file)
        return Grid(title, columns if rows else (), rows, None, tuple(notes))

    def data(self) -> Mapping[str, Any]:
        return {
            "name": self.name,
            "file": self.sheet.file,
            "checked": self.stated,
            "errors": [_error(c) for c in self.errors],
        }

    def records(self) -> list[Mapping[str, Any]]:
        return [{"file": self.sheet.file, **_error(cell)} for cell in self.errors]


def _why(cell: Cell) -> str:
    if cell.state == "follow_through":
        return _("follows from {layer}").format(layer=cell.caused_by)
    return clauses(d.message for d in cell.diagnoses) or cell.remark


def _error(cell: Cell) -> dict[str, Any]:
    return {
        "layer": cell.layer,
        "quantity": cell.quantity,
        "published": plain(cell.value),
        "computed": plain(cell.expected),
        "follows_from": cell.caused_by if cell.state == "follow_through" else None,
        "diagnoses": [{"id": d.id, "rank": d.rank, "message": d.message} for d in cell.diagnoses],
    }
