"""Marked answers: every cell with its state, credit and slip, sheet by sheet, for a student, a teacher or a program.

Pitfall: right values stand in here whether or not they may be shown; `reveal` says so, and `shown` is what a page asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..quantities import SHORT
from ..record import Record
from ..text import N_, _, clauses, labelled, listed
from .derivation import LayerDerivation
from .grid import Column, Grid
from .told import UNANSWERED, discreet, feedback
from .told import value_text as value_text  # noqa: PLC0414 -- its place for all who import it

RIGHT = ("correct", "equivalent", "rounded")
STATES = (*RIGHT, "follow_through", "special_case", "wrong", "blank", "unreadable")
QUOTED = 60
"""Characters of an answer that are quoted; JSON and CSV have all of it."""
SIGNS = {"follow_through": "→", "special_case": "~", "wrong": "✗", "blank": "–", "unreadable": "?"}
WORDS = {"follow_through": "->", "special_case": "part", "wrong": "x", "blank": "-", "unreadable": "?"}
"""Marks behind an answer: signs, and words for mails, screen readers and ASCII."""
REVEAL = ("never", "wrong", "all")
LABELS = {**SHORT, "answer": N_("answer")}


class Diagnosis(Record):
    """A slip that gives the value; `hint` helps to find it without the answer, `work` is how it gives the value."""

    id: str
    rank: int
    message: str
    hint: str = ""
    work: str = ""
    back: int = 0
    """How many layers before the one asked the slip was made."""


class Cell(Record):
    """One marked cell; `credit` is the share of its `marks`. Values are in the key's layout, `work` the arithmetic.

    `caused_by` is the row whose mistake this follows from; `remark` a sentence about how it was written.
    """

    layer: str
    quantity: str
    given: str
    value: Any
    expected: Any
    state: str
    credit: float
    marks: float = 1
    diagnoses: tuple[Diagnosis, ...] = ()
    caused_by: str | None = None
    remark: str = ""
    work: str = ""
    repeated: bool = False
    """A slip made before on this sheet, which costs its marks once."""
    solution: LayerDerivation | None = None
    """The whole way to the right value, where it may be told."""
    by_hand: str | None = None
    """Why a person gave it the marks that it has; None where nobody did."""

    @property
    def score(self) -> float:
        return self.marks * self.credit

    @property
    def right(self) -> bool:
        return self.state in RIGHT

    @property
    def place(self) -> str:
        """The row and the column, as people say them."""
        return f"{self.layer} {_(LABELS[self.quantity])}"


class Style(Record):
    """How a report speaks: `reveal` right answers, `hints` in place of slips, words for signs."""

    reveal: str = "wrong"
    hints: bool = False
    ascii: bool = False

    def shown(self, cell: Cell) -> bool:
        """Whether the right answer of a cell may be told: where nothing was answered, only if all may be."""
        answered = self.reveal == "wrong" and cell.state not in UNANSWERED
        return (answered or self.reveal == "all") and cell.expected is not None

    def mark(self, cell: Cell) -> str:
        """The sign behind an answer."""
        if cell.repeated:
            return "(x)" if self.ascii else "(✗)"
        return ("ok" if self.ascii else "✓") if cell.right else (WORDS if self.ascii else SIGNS)[cell.state]


class Sheet(Record):
    """One student's marked sheet. `problems` are what could not be read, `strays` rows and cells that nobody asked for."""

    student: str
    file: str
    cells: tuple[Cell, ...]
    problems: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    facts: Mapping[str, Any] = {}
    key: str = ""
    style: Style = Style()
    notes: tuple[str, ...] = ()
    """The conventions, where the sheet is printed by itself."""
    penalty: float = 0
    """Marks taken off for handing in late."""
    settled: tuple[str, ...] = ()
    """What the key says of this hand-in as a whole: that it was late, that the best attempt counts."""

    @property
    def name(self) -> str:
        return _("{key} – {student}: {score} / {max}").format(
            key=self.key, student=self.student, score=number(self.score), max=number(self.max_score)
        )

    @property
    def score(self) -> float:
        return tidy(max(0.0, sum(cell.score for cell in self.cells) - self.penalty))

    @property
    def max_score(self) -> float:
        return tidy(sum(cell.marks for cell in self.cells))

    @property
    def unread(self) -> bool:
        """Nothing at all could be taken from the file."""
        return bool(self.problems) and all(
            cell.state in ("blank", "unreadable") and cell.by_hand is None for cell in self.cells
        )

    def told(self) -> tuple[Cell, ...]:
        """The cells as their student may see them."""
        return discreet(self.cells, self.style)

    def counts(self) -> dict[str, int]:
        """How many cells are in each state."""
        found = dict.fromkeys(STATES, 0)
        for cell in self.cells:
            found[cell.state] += 1
        return found

    def table(self) -> tuple[tuple[str, ...], dict[str, dict[str, Cell]]]:
        """The quantities asked, and the cells by row and quantity."""
        rows: dict[str, dict[str, Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.layer, {})[cell.quantity] = cell
        return tuple(dict.fromkeys(cell.quantity for cell in self.cells)), rows

    def grid(self) -> Grid:
        """Rows × columns, each answer with its mark; below it what is to be said."""
        quantities, rows = self.table()
        columns = (Column("layer", N_("layer")), *(Column(q, LABELS[q]) for q in quantities))
        lines = tuple(
            (layer, *(self._text(cells[q]) if q in cells else "" for q in quantities))
            for layer, cells in rows.items()
        )
        return Grid(self.name, columns, lines, None, (*self.sentences(), *self.notes))

    def _text(self, cell: Cell) -> str:
        given = quoted(cell.given) if cell.state != "blank" else ""
        return f"{given} {self.style.mark(cell)}" if given else self.style.mark(cell)

    def sentences(self) -> Iterator[str]:
        """What there is to say, a sentence each."""
        return (labelled(place, text) if place else text for place, text, _state in self.said())

    def said(self) -> Iterator[tuple[str, str, str]]:
        """Of each wrong cell, of what follows, of blanks, of what could not be read, of the file: place, text and state."""
        for cell in self.told():
            text = feedback(cell, self.style)
            if text and cell.state not in ("follow_through", "blank", "unreadable"):
                given = quoted(cell.given)
                yield f"{cell.place} {given}" if given else cell.place, text, cell.state
        follows: dict[str, list[str]] = {}
        for cell in self.cells:
            if cell.state == "follow_through":
                follows.setdefault(cell.caused_by or cell.layer, []).append(cell.place)
        for layer, places in follows.items():
            text = _("{cells}: the right step on your {layer}")
            text = _("{cells}: the right step on your {layer}, at no cost") if self._free() else text
            yield "", text.format(cells=listed(places), layer=layer), "follow_through"
        blanks = [self._told(cell) for cell in self.cells if cell.state == "blank"]
        if blanks:
            yield "", _("no answer: {cells}").format(cells=listed(blanks)), "blank"
        for cell in self.cells:
            if cell.state == "unreadable":
                text = _("could not be read: {cell} “{given}”")
                text = text.format(cell=self._told(cell), given=quoted(cell.given))
                yield "", clauses((text, cell.remark)) if cell.remark else text, "unreadable"
        for cell in self.cells:
            if cell.by_hand is not None:
                text = (
                    _("{cell}: {marks} of {max} by hand: {reason}")
                    if cell.by_hand
                    else _("{cell}: {marks} of {max} by hand")
                )
                marks, most = number(cell.score), number(cell.marks)
                yield "", text.format(cell=cell.place, marks=marks, max=most, reason=cell.by_hand), ""
        yield from (("", sentence, "") for sentence in self.settled)
        yield from (("", problem, "") for problem in self.problems)
        if self.strays:
            yield "", _("not asked, and not marked: {names}").format(names=", ".join(self.strays)), ""

    def _free(self) -> bool:
        """Whether everything that follows keeps all its marks."""
        return all(cell.credit == 1 for cell in self.cells if cell.state == "follow_through")

    def _told(self, cell: Cell) -> str:
        """A cell's place, and the right value where it may be told."""
        words = _("{words} ({work})")
        return (
            words.format(words=cell.place, work=value_text(cell.expected))
            if self.style.shown(cell)
            else cell.place
        )

    def data(self) -> Mapping[str, Any]:
        return {
            "file": self.file,
            "student": self.student,
            "score": self.score,
            "max_score": self.max_score,
            "cells": [self._data(cell) for cell in self.told()],
            **({"problems": list(self.problems)} if self.problems else {}),
            **({"late": True} if self.facts.get("late") else {}),
            **({"penalty": self.penalty} if self.penalty else {}),
            **({"settled": list(self.settled)} if self.settled else {}),
        }

    def _data(self, cell: Cell) -> dict[str, Any]:
        told = self.style.shown(cell) or cell.state == "equivalent" or cell.value == cell.expected
        return {
            "layer": cell.layer,
            "quantity": cell.quantity,
            "given": cell.given,
            "value": plain(cell.value),
            "expected": plain(cell.expected) if told else None,
            "state": cell.state,
            "credit": cell.credit,
            **({"marks": cell.marks} if cell.marks != 1 else {}),
            **({"by_hand": cell.by_hand} if cell.by_hand is not None else {}),
            "diagnoses": [{"id": d.id, "rank": d.rank, "message": d.hint if self.style.hints and d.hint else d.message} for d in cell.diagnoses],
            "caused_by": cell.caused_by,
            "feedback": feedback(cell, self.style),
        }  # fmt: skip

    def records(self) -> list[Mapping[str, Any]]:
        return [{"file": self.file, "student": self.student, **self._data(cell)} for cell in self.told()]


def quoted(text: str) -> str:
    """What a student wrote, on one line, and not more of it than a line holds."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}…"


def plain(value: Any) -> Any:
    """A value as JSON has it; a fraction as a number."""
    if isinstance(value, tuple):
        return [plain(n) for n in value]
    return value if value is None or isinstance(value, (int, str, list)) else float(value)


def tidy(score: float) -> float:
    """A sum of marks without the dust of binary fractions."""
    return round(float(score), 5)


def number(score: float) -> str:
    """Marks as people write them: 13, 11.5."""
    return f"{tidy(score):.5f}".rstrip("0").rstrip(".")


class Grades(Record):
    """The answer of `grade`: all sheets in order. `notes` are the conventions used and what is to be said of the class."""

    name: str
    conventions: Mapping[str, Any]
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    version: str = ""

    def data(self) -> Mapping[str, Any]:
        return {**self.stream(), "answers": [s.data() for s in self.sheets]}

    def stream(self) -> Mapping[str, Any]:
        """The same with the sheets made one by one: a class of thousands is never in memory as data."""
        return {
            "name": self.name,
            "conventions": dict(self.conventions),
            "answers": (sheet.data() for sheet in self.sheets),
        }

    def records(self) -> list[Mapping[str, Any]]:
        return [record for sheet in self.sheets for record in sheet.records()]

    def grid(self) -> Grid:
        """A line a student."""
        states = (
            ("correct", RIGHT), ("follow_through", ("follow_through",)), ("wrong", ("wrong", "special_case")),
            ("blank", ("blank",)), ("unreadable", ("unreadable",)),
        )  # fmt: skip
        labels = (N_("right"), N_("follows"), N_("wrong"), N_("blank"), N_("unreadable"))
        columns = (
            Column("student", N_("student")), Column("score", N_("score"), "count"), Column("max_score", N_("of"), "count"),
            Column("percent", N_("percent"), "share"),
            *(Column(state, label, "count") for (state, _all), label in zip(states, labels)),
        )  # fmt: skip
        rows = []
        for sheet in self.sheets:
            counts = sheet.counts()
            numbers = tuple(sum(counts[state] for state in group) for _name, group in states)
            share = sheet.score / sheet.max_score if sheet.max_score else 0.0
            rows.append((sheet.student, whole(sheet.score), whole(sheet.max_score), share, *numbers))
        return Grid(self.name, columns, tuple(rows), None, self.notes)


def whole(score: float) -> float:
    """13 where it is 13.0."""
    return int(score) if score == int(score) else score


class CellList(Record):
    """The same answers as a table of cells, for csv and tsv."""

    grades: Grades

    @property
    def name(self) -> str:
        return self.grades.name

    def data(self) -> Mapping[str, Any]:
        return self.grades.data()

    def records(self) -> list[Mapping[str, Any]]:
        return self.grades.records()

    def grid(self) -> Grid:
        """A line a cell, under the keys of the JSON document."""
        keys = ("file", "student", "layer", "quantity", "given", "value", "expected", "state", "credit", "diagnoses", "caused_by")  # fmt: skip
        rows = []
        for record in self.records():
            ids = " ".join(d["id"] for d in record["diagnoses"])
            rows.append(tuple(ids if key == "diagnoses" else record[key] for key in keys))
        return Grid(self.name, tuple(Column(key, key) for key in keys), tuple(rows))
