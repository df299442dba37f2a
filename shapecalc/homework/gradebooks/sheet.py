"""A CSV file whose every cell knows where it stands, so that one can be replaced and the others keep every byte.

Pitfall: Python's csv module gives values without places, and writing them anew changes quotes and line ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...record import Record

DELIMITERS = (",", ";", "\t")


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
    """The cells of a CSV text; its delimiter is that of the first line."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    rows: list[tuple[Field, ...]] = []
    row: list[Field] = []
    at, size = 1 if text.startswith("\ufeff") else 0, len(text)
    while at < size:
        field, at = _field(text, at, delimiter)
        row.append(field)
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
        while at < len(text) and text[at] not in (delimiter, "\r", "\n"):
            value += text[at]
            at += 1
        return Field(value, start, at, True), at
    while at < len(text) and text[at] not in (delimiter, "\r", "\n"):
        at += 1
    return Field(text[start:at], start, at, False), at


def replaced(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edited cells, everything else as it was; a cell in quotes keeps them."""
    parts, last = [], 0
    for edit in sorted(edits, key=lambda edit: edit.field.start):
        parts += [text[last : edit.field.start], _quoted(edit)]
        last = edit.field.end
    return "".join([*parts, text[last:]])


def _quoted(edit: Edit) -> str:
    risky: Sequence[str] = (*DELIMITERS, '"', "\n", "\r")
    if edit.field.quoted or any(sign in edit.value for sign in risky):
        return '"' + edit.value.replace('"', '""') + '"'
    return edit.value
