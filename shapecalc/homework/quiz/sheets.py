"""From a network to what is handed out: one sheet with its key, or one of each for every student.

Pitfall: a teacher's blanks are chosen once, on the network as it is, so that all students are asked the same cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...engine import Bound, Overrides, bind
from ...record import Record
from ...report.quiz import Quiz
from ...report.table import DTYPES
from ...spec import Plan
from ...text import _
from ..conventions import Conventions
from ..question import TOTAL
from .choices import with_choices, with_wrong
from .key import alone, key_text, text_of
from .make import Draft, Wish, draft, fill, lay_out, worksheet
from .said import Said, said
from .variant import built_in, variant_text
from .vary import Variations, shared, variants


class Request(Record):
    """What is wanted: which cells, how they are answered, and in which conventions where the spec's are overridden.

    `choices` is a number of answers to choose from, 0 for none; with `slips` wrong values get their feedback.
    """

    wish: Wish = Wish()
    choices: int = 0
    slips: bool = False
    layout: str | None = None
    dtype: str | None = None


class Made(Record):
    """A sheet, its key as text, and the draft that it was made from."""

    quiz: Quiz
    key: str
    draft: Draft


class Maker:
    """Makes the sheets of one network. Raises UsageError for a request that cannot be met."""

    def __init__(self, bound: Bound, request: Request, overrides: Overrides = Overrides()) -> None:
        self.request = request
        self.said: Said = said(bound.plan)
        self.wanted = _conventions(bound.plan, self.said, request)
        self.plan = alone(bound, overrides)
        self.base = built_in(bound.plan, overrides)
        self.draft = draft(bind(self.plan), request.wish, self.wanted)
        self.network = bound if self.base else self.draft.bound

    def one(self) -> Made:
        """The sheet of the network as it is."""
        return self.made(self.draft, text_of(self.plan))

    def each(self, students: Sequence[str]) -> Iterator[tuple[str, Made]]:
        """A sheet with other numbers for each student."""
        name = _("{name}, with other numbers").format(name=self.draft.bound.graph.name)
        asked = {row for row, _column in self.draft.cells if row != TOTAL}
        variations = Variations(self.network.plan, self.network, asked, self.fair)
        for variant in variants(variations, students, self.request.wish.seed, self.chains):
            own = draft_of(variant.bound, self.draft)
            text = variant_text(self.base, variant.change, variant.bound, name)
            yield variant.student, self.made(own, text, variant.student)

    def fair(self, bound: Bound) -> bool:
        """Whether rows that a longer stage adds, which all are shown, give no answer away that nothing showed before."""
        rows = {row.name for row in self.draft.sheet.rows}
        own = draft_of(bound, self.draft)
        asked, before, added = set[object](), set[object](), set[object]()
        for cell, value in own.sheet.values.items():
            kind = asked if cell in own.answers else before if cell[0] in rows else added
            if value and cell[0] != TOTAL:
                kind.add((cell[1], value))
        return not (added - before) & asked

    def chains(self, bound: Bound) -> list[tuple[object, ...]]:
        """The asked numbers of a network, a chain a column."""
        answers = draft_of(bound, self.draft).answers
        return [
            tuple(v for (_row, c), v in answers.items() if c == column) for column in self.draft.sheet.columns
        ]

    def alike(self, made: Sequence[Made]) -> list[str]:
        """The columns in which some neighbours have the same chain of numbers."""
        found = [self.chains(m.draft.bound) for m in made]
        pairs = list(pairwise(found))
        return [
            column
            for i, column in enumerate(self.draft.sheet.columns)
            if any(shared([a[i]], [b[i]]) >= 1000 for a, b in pairs)
        ]

    def made(self, own: Draft, text: str, student: str = "") -> Made:
        """The sheet and the key of a draft."""
        request, seed = self.request, self.request.wish.seed
        quiz = worksheet(own, student, seed, self.said.data.get("marks"))
        lot = f"{seed} {student}"
        if request.choices:
            quiz = with_choices(quiz, own, self.said.credit, lot, request.choices)
        elif request.slips:
            quiz = with_wrong(quiz, own, self.said.credit, lot)
        return Made(quiz, key_text(text, quiz, self.wanted, self.said), own)


def draft_of(bound: Bound, like: Draft) -> Draft:
    """Another network with the blanks of a draft."""
    key, table, sheet = lay_out(bound, like.sheet.columns, like.wanted)
    return fill(Draft(bound, table, sheet, (), key), like.cells)


def _conventions(plan: Plan, own: Said, request: Request) -> Conventions:
    """The spec's own, those asked for on top; shapes are in the spec's layout where nothing is said."""
    wanted = own.conventions
    if "layout" not in (own.data.get("conventions") or {}):
        wanted = wanted._replace(layout=plan.layout)
    if request.layout:
        wanted = wanted._replace(layout=request.layout)
    return wanted._replace(bytes_per_value=DTYPES[request.dtype]) if request.dtype else wanted
