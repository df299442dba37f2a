"""Which row of a gradebook is whose: by number first, then by e-mail, then by name.

Pitfall: a name that fits two rows fits none. Nobody's marks are put into a row by guessing; they are listed instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...report.grades import Sheet
from ...text import _
from .kinds import Kind
from .sheet import Table

NOBODY = ("platform", "assignment", "submission", "late", "attempt")
"""Facts of a hand-in that name no student."""


class Roster:
    """The students of a gradebook, `rows` being the numbers of their rows."""

    def __init__(self, table: Table, kind: Kind) -> None:
        self.table, self.kind = table, kind
        self.rows = [row for row in range(kind.first, len(table.rows)) if self._is_student(row)]
        self.levels: list[dict[str, set[int]]] = [{}, {}, {}]
        for row in self.rows:
            for level, columns in enumerate((kind.ids, kind.emails, kind.names)):
                for column in columns:
                    for key in keys(table.value(row, column), level):
                        self.levels[level].setdefault(key, set()).add(row)
            if len(kind.parts) == 2:
                whole = " ".join(table.value(row, column) for column in kind.parts)
                for key in keys(whole, 2):
                    self.levels[2].setdefault(key, set()).add(row)

    def _is_student(self, row: int) -> bool:
        kind, value = self.kind, self.table.value
        if kind.assignment is not None and value(row, kind.assignment) != kind.wanted:
            return False
        return any(value(row, column) for column in (*kind.ids, *kind.emails)) or any(
            value(row, column) for column in kind.names
        )

    def label(self, row: int) -> str:
        """How a student is called in a message: by the first number or address there is."""
        columns = (*self.kind.ids, *self.kind.emails, *self.kind.names)
        return next((text for column in columns if (text := self.table.value(row, column))), str(row + 1))

    def match(self, sheets: Iterable[Sheet]) -> tuple[dict[int, Sheet], list[str]]:
        """The best sheet of every row that has one, and sentences about those that could not be placed."""
        found: dict[int, Sheet] = {}
        lost: list[str] = []
        unclear: list[str] = []
        twice: list[str] = []
        person: list[str] = []
        for sheet in sheets:
            if sheet.unread:
                person.append(sheet.student or sheet.file)
                continue
            rows = self.find(sheet)
            if len(rows) == 1:
                (row,) = rows
                if row in found:
                    twice.append(sheet.student)
                    if found[row].score >= sheet.score:
                        continue
                found[row] = sheet
            else:
                (unclear if rows else lost).append(sheet.student or sheet.file)
        notes = []
        if person:
            text = _("for a person, since they could not be read; their marks stay as they were: {names}")
            notes.append(text.format(names=", ".join(person)))
        if lost:
            notes.append(_("not in the gradebook: {names}").format(names=", ".join(lost)))
        if unclear:
            notes.append(
                _("more than one row of the gradebook fits, and none was filled: {names}").format(
                    names=", ".join(unclear)
                )
            )
        if twice:
            notes.append(
                _("handed in more than once, and the best counts: {names}").format(
                    names=", ".join(dict.fromkeys(twice))
                )
            )
        return found, notes

    def find(self, sheet: Sheet) -> set[int]:
        """The rows that a sheet may belong to, by the surest thing that fits any."""
        facts = [
            str(value)
            for fact, value in sheet.facts.items()
            if fact not in NOBODY and isinstance(value, (str, int)) and not isinstance(value, bool)
        ]
        known = [sheet.student, *facts]
        for level, index in enumerate(self.levels):
            rows: set[int] = set()
            for text in known:
                for key in keys(text, level):
                    rows |= index.get(key, set())
            if rows:
                return rows
        return set()


def keys(text: str, level: int) -> Iterator[str]:
    """What a text is looked up by: a number or login, an address, or a name in any order of its parts."""
    plain = text.strip().casefold()
    if not plain:
        return
    if level == 0:
        yield plain
        if plain.startswith("participant "):
            yield plain.removeprefix("participant ").strip()
        if "@" in plain:
            yield plain.partition("@")[0]
    elif level == 1:
        if "@" in plain:
            yield plain
            yield plain.partition("@")[0]
        else:
            yield plain
    else:
        words = "".join(c if c.isalnum() else " " for c in plain).split()
        if words:
            yield " ".join(sorted(words))
            yield from ("".join(words[at:] + words[:at]) for at in range(min(len(words), 6)))
