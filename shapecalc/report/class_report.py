"""What a class got wrong: per cell, per slip, and where most agree on a value that the key calls wrong.

Pitfall: a key can be wrong as well. Where more than half of the class writes one and the same other value, the report
says "check the key". There is no ranking in here and no name; a right value stands in it only where somebody was told it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..record import Record
from ..text import N_, _, ngettext
from .grades import LABELS, RIGHT, Cell, Grades, value_text
from .grid import Column, Grid

COMMONEST = 3
"""Wrong values of a cell that are listed."""
FEWEST = 3
"""Sheets from which on a majority means something."""


class CellReport(Record):
    """One cell over the class; `wrong` are its commonest wrong values with their number and slip."""

    layer: str
    quantity: str
    expected: Any
    counts: Mapping[str, int]
    wrong: tuple[tuple[Any, int, str], ...]
    told: bool = True
    """Whether a student of the class may be told, or has found, what is expected."""

    @property
    def answers(self) -> int:
        """Sheets with this cell."""
        return sum(self.counts.values())

    def group(self, states: tuple[str, ...]) -> int:
        return sum(self.counts.get(state, 0) for state in states)


class CellsReport(Record):
    """Every cell: how many right, following, wrong, blank, and the commonest wrong values."""

    grades: Grades

    @property
    def name(self) -> str:
        return self.grades.name

    def reports(self) -> list[CellReport]:
        """The cells in the order of the sheet."""
        counts: dict[tuple[str, str], Counter[str]] = {}
        values: dict[tuple[str, str], Counter[Any]] = {}
        first: dict[tuple[str, str], Cell] = {}
        slips: dict[tuple[str, str, Any], str] = {}
        told: set[tuple[str, str]] = set()
        varied: set[tuple[str, str]] = set()  # students have keys of their own
        for sheet in self.grades.sheets:
            for cell in sheet.cells:
                place = (cell.layer, cell.quantity)
                if first.setdefault(place, cell).expected != cell.expected:
                    varied.add(place)
                if sheet.style.shown(cell):
                    told.add(place)
                counts.setdefault(place, Counter())[cell.state] += 1
                if cell.state in ("wrong", "special_case") and cell.value is not None:
                    values.setdefault(place, Counter())[cell.value] += 1
                    if cell.diagnoses:
                        slips.setdefault((*place, cell.value), cell.diagnoses[0].id)
        found = []
        for place, cell in first.items():
            common = sorted(values.get(place, Counter()).items(), key=lambda item: (-item[1], str(item[0])))
            wrong = tuple((value, n, slips.get((*place, value), "")) for value, n in common[:COMMONEST])
            if place in varied:
                found.append(CellReport(*place, None, counts[place], (), False))
            else:
                found.append(CellReport(*place, cell.expected, counts[place], wrong, place in told))
        return found

    def grid(self) -> Grid:
        """A row a cell; nothing of what is expected where nobody may be told it."""
        reports = self.reports()
        told = any(r.told for r in reports)
        columns = (
            Column("cell", N_("cell")), *([Column("expected", N_("expected"))] if told else []),
            Column("correct", N_("right"), "count"), Column("follow_through", N_("follows"), "count"),
            Column("wrong", N_("wrong"), "count"), Column("blank", N_("blank"), "count"),
            Column("unreadable", N_("unreadable"), "count"), Column("values", N_("commonest wrong values")),
        )  # fmt: skip
        rows = tuple(
            (
                f"{r.layer} {_(LABELS[r.quantity])}", *([value_text(r.expected) if r.told else ""] if told else []),
                r.group(RIGHT), r.group(("follow_through",)), r.group(("wrong", "special_case")), r.group(("blank",)),
                r.group(("unreadable",)),
                ", ".join(f"{value_text(value)} ({n}×{' ' + slip if slip else ''})" for value, n, slip in r.wrong),
            )
            for r in reports
        )  # fmt: skip
        return Grid(
            _("{name}: cell by cell").format(name=self.name), columns, rows, None, tuple(self.hints())
        )

    def hints(self) -> Iterator[str]:
        """Cells whose key is to be looked at again."""
        for r in self.reports():
            if r.wrong and r.answers >= FEWEST and 2 * r.wrong[0][1] > r.answers:
                text = (
                    _("check the key: {n} of {all} write {value} for {cell}, and the key says {expected}")
                    if r.told
                    else _("check the key: {n} of {all} write {value} for {cell}")
                )
                yield text.format(
                    n=r.wrong[0][1], all=r.answers, value=value_text(r.wrong[0][0]),
                    cell=f"{r.layer} {_(LABELS[r.quantity])}", expected=value_text(r.expected))  # fmt: skip

    def data(self) -> Mapping[str, Any]:
        return self.grades.data()

    def records(self) -> list[Mapping[str, Any]]:
        return self.grades.records()


class SlipsReport(Record):
    """Every slip: how many students made it, in how many cells, and where it appears first."""

    grades: Grades

    @property
    def name(self) -> str:
        return self.grades.name

    def grid(self) -> Grid:
        students: dict[str, set[tuple[str, str]]] = {}
        cells: Counter[str] = Counter()
        order = {place: i for i, place in enumerate(self.places())}
        first: dict[str, tuple[str, str]] = {}
        said: dict[str, str] = {}
        for sheet in self.grades.sheets:
            for cell in sheet.cells:
                for diagnosis in cell.diagnoses[:1]:
                    name, place = diagnosis.id, (cell.layer, cell.quantity)
                    students.setdefault(name, set()).add((sheet.file, sheet.student))
                    cells[name] += 1
                    said[name] = diagnosis.message
                    if name not in first or order[place] < order[first[name]]:
                        first[name] = place
        names = sorted(students, key=lambda name: (-len(students[name]), -cells[name], name))
        columns = (
            Column("slip", N_("slip")), Column("students", N_("students"), "count"), Column("cells", N_("cells"), "count"),
            Column("first", N_("first in")), Column("message", N_("what it is")),
        )  # fmt: skip
        rows = tuple((name, len(students[name]), cells[name], first[name][0], said[name]) for name in names)
        return Grid(_("{name}: commonest slips").format(name=self.name), columns, rows, None, self._unnamed())

    def places(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys((c.layer, c.quantity) for sheet in self.grades.sheets for c in sheet.cells))

    def _unnamed(self) -> tuple[str, ...]:
        n = sum(c.state == "wrong" and not c.diagnoses for sheet in self.grades.sheets for c in sheet.cells)
        if not n:
            return ()
        return (
            ngettext("{n} wrong cell has no usual slip.", "{n} wrong cells have no usual slip.", n).format(
                n=n
            ),
        )

    def data(self) -> Mapping[str, Any]:
        return self.grades.data()

    def records(self) -> list[Mapping[str, Any]]:
        return self.grades.records()
