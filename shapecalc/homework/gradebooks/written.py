"""A score as this gradebook writes it: in its scale, with its decimal sign, and not where it may not be changed.

Pitfall: Moodle in a comma country reads 11.5 as no number at all, and a column of 100 points wants 82.14 and not 11.5.
"""

from __future__ import annotations

import re

from ...report.grades import Sheet, number
from ...text import _
from .kinds import Kind
from .sheet import Edit, Table

FIXED = ("no", "nein", "non", "否")
OURS = '<div class="shapecalc">'
"""How a comment of ours begins: one that may be written anew."""
EMPTY = ("", "-", "–", "—")
_NUMBER = re.compile(r"\d+(?:([.,])\d+)?")


class Written:
    """Turns scores into edits of one table."""

    def __init__(self, table: Table, kind: Kind) -> None:
        self.table, self.kind = table, kind
        columns = [column for column in (*kind.grades, kind.maximum) if column is not None]
        texts = [table.value(row, column) for row in range(kind.first, len(table.rows)) for column in columns]
        signs = [
            match[1] for text in [*texts, kind.points] if (match := _NUMBER.fullmatch(text)) and match[1]
        ]
        self.comma = bool(signs) and all(sign == "," for sign in signs)
        self.scaled = False

    def edits(self, row: int, sheet: Sheet, notes: list[str]) -> list[Edit]:
        """The cells of one student; `notes` gets a sentence where a row may not be changed, or the scale is another."""
        kind, table = self.kind, self.table
        if self._fixed(row):
            notes.append(
                _("the grade of {name} may not be changed, and was left").format(
                    name=table.value(row, kind.ids[0])
                )
            )
            return []
        if self._shifted(row):
            text = _(
                "the line of {name} has more cells than the header (a comma without quotes?), and was left"
            )
            notes.append(text.format(name=table.value(row, (*kind.ids, *kind.emails, *kind.names)[0])))
            return []
        if (word := self._word(row)) is not None:
            notes.append(
                _("{name} has {word} in place of a mark, and keeps it").format(
                    name=table.value(row, (*kind.ids, *kind.emails, *kind.names)[0]), word=word
                )
            )
            return []
        score = sheet.score
        most = value(table.value(row, kind.maximum) if kind.maximum is not None else kind.points)
        if kind.name != "nbgrader" and most and sheet.max_score and most != sheet.max_score:
            score = round(score * most / sheet.max_score, 2)
            if not self.scaled:
                self.scaled = True
                notes.append(
                    _("scaled from {max} marks to the gradebook's {most}").format(
                        max=number(sheet.max_score), most=number(most)
                    )
                )
        found = []
        for column in kind.grades:
            penalty = (
                value(table.value(row, kind.penalty))
                if kind.penalty is not None and column != kind.grades[0]
                else 0
            )
            found += self._edit(row, column, max(0.0, score - (penalty or 0)))
        if kind.name == "nbgrader" and kind.maximum is not None:
            found += self._edit(row, kind.maximum, sheet.max_score)
        return found

    def comment(self, row: int, text: str) -> list[Edit]:
        """What the student is told, in Moodle's column; a teacher's own comment stays."""
        place = self.kind.comment
        if not text or place is None or place >= len(self.table.rows[row]) or self._fixed(row):
            return []
        old = self.table.value(row, place)
        return (
            []
            if old and not old.startswith(OURS)
            else [Edit(self.table.rows[row][place], f"{OURS}{text}</div>")]
        )

    def _shifted(self, row: int) -> bool:
        """Whether the cells do not stand below their headings, as in nbgrader's export of a name with a comma."""
        return any(field.value.strip() for field in self.table.rows[row][len(self.table.header) :])

    def _word(self, row: int) -> str | None:
        """What stands in place of a mark, Canvas's EX or a teacher's own word, None where a mark may stand."""
        texts = (self.table.value(row, column) for column in self.kind.grades)
        return next((text for text in texts if is_word(text)), None)

    def _fixed(self, row: int) -> bool:
        """Whether Moodle will not have the row changed."""
        place = self.kind.changeable
        return place is not None and self.table.value(row, place).casefold() in FIXED

    def missing(self, row: int) -> list[Edit]:
        """Of a student without a hand-in: 0 in nbgrader's export, where nothing stands; elsewhere the cell stays."""
        if self.kind.name != "nbgrader" or self._shifted(row):
            return []
        return [
            e
            for column in self.kind.grades
            if not self.table.value(row, column)
            for e in self._edit(row, column, 0)
        ]

    def _edit(self, row: int, column: int, score: float) -> list[Edit]:
        if column >= len(self.table.rows[row]):
            return []
        text = number(score)
        return [Edit(self.table.rows[row][column], text.replace(".", ",") if self.comma else text)]


def value(text: str) -> float | None:
    """A mark as a number, None where none stands."""
    return float(text.strip().replace(",", ".")) if _NUMBER.fullmatch(text.strip()) else None


def is_word(text: str) -> bool:
    """Return True if the cell holds something that is neither a mark nor empty."""
    return text.strip() not in EMPTY and value(text) is None
