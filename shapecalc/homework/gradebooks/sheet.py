"""A CSV file whose every cell knows where it stands, so that one can be replaced and the others keep every byte.

Pitfall: Python's csv module gives values without places, and writing them anew changes quotes and line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...errors import UsageError
from ...record import Record
from ...text import _

DELIMITERS = (",", ";", "\t")
MOST_CELLS = 1_000_000
_PLAIN = {sign: re.compile(f"[^{sign}\r\n]*") for sign in DELIMITERS}


class Field(Record):
    """One cell: its value, and the stretch of the text that holds it, quotes included."""

    value: str
    start: int
    end: int
    quoted: bool


class Table(Record):
    """All rows, the header first."""

    rows: tuple[tuple[Field, ...], ...]
    delimiter: str

    def value(self, row: int, column: int | None) -> str:
        """The text of a cell, empty where the row is too short."""
        if column is None or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column].value.strip()

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(field.value.strip().lstrip("\ufeff") for field in self.rows[0]) if self.rows else ()


class Edit(Record):
    """A cell's new text."""

    field: Field
    value: str


def parse(text: str) -> Table:
    """The cells of a CSV text; its delimiter is that of the first line. Raises UsageError where there are too many."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows: list[tuple[Field, ...]] = []
    row: list[Field] = []
    at, size, cells = 1 if text.startswith("\ufeff") else 0, len(text), 0
    while at < size:
        field, at = _field(text, at, delimiter)
        row.append(field)
        cells += 1
        if cells > MOST_CELLS:
            message = _("a gradebook has at most {n} cells").format(n=f"{MOST_CELLS:,}")
            raise UsageError(message, _("take out the columns that are not needed"))
        if at < size and text[at] == delimiter:
            at += 1
            if at < size:
                continue
            row.append(Field("", at, at, False))
        else:
            at += 2 if text.startswith("\r\n", at) else 1
        if len(row) > 1 or row[0].value:
            rows.append(tuple(row))
        row = []
    return Table(tuple(rows), delimiter)


def _field(text: str, at: int, delimiter: str) -> tuple[Field, int]:
    start = at
    plain = _PLAIN[delimiter]
    if text.startswith('"', at):
        value, at = "", at + 1
        while at < len(text):
            end = text.find('"', at)
            end = len(text) if end < 0 else end
            value += text[at:end]
            at = end + 1
            if not text.startswith('"', at):
                break
            value += '"'
            at += 1
        at = min(at, len(text))
        rest = plain.match(text, at)
        value, at = (value + rest[0], rest.end()) if rest else (value, at)
        return Field(value, start, at, True), at
    found = plain.match(text, at)
    at = found.end() if found else at
    return Field(text[start:at], start, at, False), at


def replaced(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edited cells, everything else as it was; a cell in quotes keeps them."""
    parts, last = [], 0
    for edit in sorted(edits, key=lambda edit: edit.field.start):
        parts += [text[last : edit.field.start], written(edit)]
        last = edit.field.end
    return "".join([*parts, text[last:]])


def written(edit: Edit) -> str:
    """A cell's new text as it stands in the file."""
    risky: Sequence[str] = (*DELIMITERS, '"', "\n", "\r")
    if edit.field.quoted or any(sign in edit.value for sign in risky):
        return '"' + edit.value.replace('"', '""') + '"'
    return edit.value
