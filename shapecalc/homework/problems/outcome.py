"""What one question comes to: the right answers and how they were worked out, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from ...errors import ShapecalcError
from ...graph import Shape
from ...record import Record
from ..question import Question
from .records import Answer


class Refused(ShapecalcError):
    """A question that cannot be answered from what the problem says; the message is the reason, in a sentence."""


class Outcome(Record):
    """The right answers of one cell, the first being the one to show."""

    right: tuple[Answer, ...]
    kind: str
    working: str = ""
    asked: Question | None = None
    open_end: bool = False
    read: str = ""
    way: tuple[str, ...] = ()


def number(
    value: int | Fraction, working: str = "", asked: Question | None = None, kind: str = "number"
) -> Outcome:
    """One number."""
    return Outcome((value,), kind, working, asked)


def shape(value: Shape, working: str = "", asked: Question | None = None, kind: str = "shape") -> Outcome:
    """One shape or size; a size that is the same along every axis may be said once."""
    return Outcome((value,), kind, working, asked)


def whole_numbers(values: Iterable[int], working: str = "", open_end: bool = False) -> Outcome:
    """All the numbers that are right; raises Refused for none."""
    found = tuple(values)
    return Outcome(found, "number", working, None, open_end)


def total(values: Iterable[Any]) -> int:
    """The sum of numbers, and nothing but numbers."""
    found = list(values)
    if not found or any(isinstance(v, bool) or not isinstance(v, (int, Fraction)) for v in found):
        raise Refused("")
    return sum(found)
