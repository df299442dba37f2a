"""One student's sheet against the key: what is asked of everyone, and the walk through what this one wrote.

Pitfall: a mistake is charged where it is made, and what follows from it keeps its marks; so rows are marked in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..report.grades import Cell, Sheet
from ..spec.grading import Tolerance
from . import compare
from .answers import AnswerRow, HandIn
from .judging import Diagnose, Judge, Read, Rules
from .key import Key, KeyCell, KeyRow
from .walk import Asked, Walk

__all__ = ["Diagnose", "Marker", "Read", "Rules"]


class Marker:
    """Marks the sheets of a class."""

    def __init__(
        self,
        key: Key,
        rows: tuple[KeyRow, ...],
        columns: tuple[str, ...],
        read: Read,
        diagnose: Diagnose | None = None,
        rules: Rules = Rules(),
    ) -> None:
        self.key, self.rules, self.rows = key, rules, rows
        self.judge = Judge(key, read, diagnose, rules)
        self.cells: dict[str, list[KeyCell]] = {row.name: [] for row in rows}
        for cell in key.cells(rows, columns):
            if rules.tolerance and cell.tolerance == Tolerance() and cell.quantity not in compare.SHAPES:
                cell = cell._replace(tolerance=rules.tolerance)
            self.cells[cell.row.name].append(cell)
        self.asked = tuple(row for row in rows if self.cells[row.name])
        self.plan = Asked(key, rows, self.asked, self.cells)

    def mark(self, hand_in: HandIn, rows: Mapping[str, AnswerRow], strays: Sequence[str] = ()) -> Sheet:
        """The marked sheet; `rows` are the rows of the hand-in by the names of the key's rows."""
        found = {(cell.layer, cell.quantity): cell for cell in Walk(self.judge, self.plan, rows).run()}
        order = ((row.name, cell.quantity) for row in self.asked for cell in self.cells[row.name])
        cells = tuple(found[place] for place in order)
        if self.rules.once:
            cells = repeated(cells)
        return Sheet(
            hand_in.student,
            hand_in.file,
            cells,
            hand_in.problems,
            tuple(strays),
            hand_in.facts,
            self.key.name,
            self.rules.style,
        )


def repeated(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """A sheet where a slip costs its marks once: full credit for every later cell that it gave."""
    seen: dict[str, str] = {}
    found = []
    for cell in cells:
        name = cell.diagnoses[0].id if cell.diagnoses else ""
        if name in seen:
            cell = cell._replace(credit=1.0, repeated=True, caused_by=seen[name])
        elif name:
            seen[name] = cell.layer
        found.append(cell)
    return tuple(found)
