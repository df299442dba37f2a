"""A problem as it was set, and each of its questions with the answers that are right.

Pitfall: what a source published is kept apart from what is computed; where they differ the key is to be checked, and
neither is bent to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ...errors import Diagnostic, Source, Span
from ...record import Record
from ...spec.grading import Tolerance
from ..conventions import Conventions
from ..question import Question

Answer = int | tuple[int, ...] | Fraction | bool | str | tuple[str, ...]
"""A number or size, a channels-last shape, a ratio, yes or no, a word, or the letters of a choice."""


class Ask(Record):
    """One cell: the expression that is asked, and all answers that are right, each of them by itself.

    `kind` is shape, size, number, bytes, ratio, yes_no, list, padding, stride or choice. `question` is the same question
    as a cell of a sheet, where the expression is one quantity of one layer or network, and `way` names the layers that
    lead to it; else `operands` are the quantities it is made of, and `again` works it out with other values for them.
    """

    cell: str
    text: str
    kind: str
    right: tuple[Answer, ...]
    published: Any = None
    accept: tuple[str, ...] = ()
    working: str = ""
    question: Question | None = None
    way: tuple[str, ...] = ()
    operands: Mapping[str, Question | None] = {}
    again: Callable[[Mapping[str, Any]], Any] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    marks: Fraction = Fraction(1)
    tolerance: Tolerance | None = None
    agreement: str = ""
    span: Span | None = None

    @property
    def value(self) -> Answer | None:
        """The answer that is shown as the right one."""
        return self.right[0] if self.right else None

    @property
    def quantity(self) -> str:
        """What a single layer or network is asked for; empty of an expression."""
        return self.question.quantity if self.question else ""


class Problem(Record):
    """A problem of a file: its words, its questions in order, and the conventions it is set under."""

    id: str
    text: str
    asks: tuple[Ask, ...]
    conventions: Conventions
    source: str = ""
    span: Span | None = None


class ProblemFile(Record):
    """A file of problems; `warnings` point at places in it."""

    name: str
    source: Source
    problems: tuple[Problem, ...]
    warnings: tuple[Diagnostic, ...] = ()
