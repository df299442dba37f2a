"""A problem as it was set, and each of its questions with the answers that are right.

Pitfall: what a source published is kept apart from what is computed; where they differ the key is to be checked, and
neither is bent to the other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...errors import Diagnostic, Source, Span
from ...record import Record
from ..conventions import Conventions
from ..question import Question

Answer = int | tuple[int, ...] | Fraction | bool | str | tuple[str, ...]
"""A number or size, a channels-last shape, a ratio, yes or no, a word, or the letters of a choice."""


class Question(Record):
    """One cell: what is asked, and all answers that are right.

    `kind` is shape, size, number, bytes, ratio, yes_no, list, choice or word. `right` are the computed answers, any of
    which is right by itself (an inverse question may have several); empty where nothing could be computed, with a
    sentence in `reason`. `open_end` says that every number from the last one on is right, too. `published` is what the
    file says, `accept` the spellings it accepts besides. `working` is the arithmetic with its numbers put in, and
    `asked` the layer behind the number, where there is one; `way` are the names of the rows that lead to it, and its
    own. `read` says what was taken from the question's own words.
    """

    cell: str
    asks: str
    kind: str
    right: tuple[Answer, ...]
    reason: str = ""
    open_end: bool = False
    published: Any = None
    accept: tuple[str, ...] = ()
    working: str = ""
    asked: Question | None = None
    read: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    marks: Fraction = Fraction(1)
    agreement: str = ""
    way: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def value(self) -> Answer | None:
        """The answer that is shown as the right one."""
        return self.right[0] if self.right else None


class Problem(Record):
    """A problem of a file: its words, its questions in order, and the conventions it is set under."""

    id: str
    question: str
    questions: tuple[Question, ...]
    conventions: Conventions
    note: str = ""
    source: str = ""
    span: Span | None = None


class ProblemFile(Record):
    """A file of problems; `warnings` point at places in it."""

    name: str
    source: Source
    problems: tuple[Problem, ...]
    warnings: tuple[Diagnostic, ...] = ()
