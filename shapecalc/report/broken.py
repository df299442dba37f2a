"""A spec that could not be read stands in its place among the others, with its diagnostics.

Pitfall: it has no rows and no totals; nothing may add it up as if it were a network of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import Diagnostic, Span
from ..record import Record
from ..text import _
from .grid import Column, Grid


class Broken(Record):
    """The document of a spec with errors."""

    name: str
    diagnostics: tuple[Diagnostic, ...]

    def grid(self) -> Grid:
        """Code, place and message of each diagnostic."""
        columns = (
            Column("error.code", _("code")),
            Column("error.place", _("place")),
            Column("error.message", _("message")),
        )
        rows = tuple((d.code, str(d.span or ""), d.message) for d in self.diagnostics)
        return Grid(self.name, columns, rows)

    def data(self) -> Mapping[str, Any]:
        """What stands in place of the document in JSON."""
        return {"name": self.name, "error": [diagnostic_data(d) for d in self.diagnostics]}

    def records(self) -> list[Mapping[str, Any]]:
        """One row, which says why there are no others."""
        return [{"error": [diagnostic_data(d) for d in self.diagnostics]}]


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON has it, flat; its place is null where it has none."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        **_place(diagnostic.span),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "related": [{**_place(related.span), "message": related.message} for related in diagnostic.related],
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    return {"file": span.source.name, **dict(zip(("line", "column", "end_line", "end_column"), span[1:]))}
