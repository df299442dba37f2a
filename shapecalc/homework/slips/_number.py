"""Slips that are seen in the number itself: what was written, to which digit, and which number of inputs would give it.

Pitfall: a factor or a digit explains a number only if it does so exactly, or to the last digit that was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

from ..question import Question
from ._slip import NUMBERS, UNIT, Slip, over

LEAST_MODULUS = 50
LONG = 4
"""Numbers of this length are few enough that a slip of the pen is no chance hit."""


def seen_in(question: Question, right: Any, value: Any, step: int | None) -> Iterator[tuple[Slip, str]]:
    """Slips that show in a value: of the number itself, else of what would give it; `step` is the last digit written."""
    known = [slip for slip in over(question.quantity) if slip.shows is not None]
    for part in (UNIT, None):
        some = False
        for slip in known:
            if (
                (slip.part == UNIT) == (part == UNIT)
                and slip.shows
                and (part is None or _usable(question, right, value))
            ):
                for work in slip.shows(question, right, value, step):
                    some = True
                    yield slip, work
        if some:
            return


def last_resort(question: Question, right: Any, value: Any) -> Iterator[tuple[Slip, str]]:
    """What is named only where no rule gives the value: a slip of the pen, or one number of the question misread."""
    if _usable(question, right, value):
        for slip in over(question.quantity):
            if slip.late is not None:
                yield from ((slip, work) for work in slip.late(question, right, value, None))


def _usable(question: Question, right: Any, value: Any) -> bool:
    """Return True if both are whole numbers of something that is counted."""
    whole = type(right) is int and type(value) is int
    return whole and bool(right and value) and question.quantity in NUMBERS.split()


def written_step(value: int, step: int | None) -> int:
    """The unit of the last digit that carries something: 13,000,000 is written to the million."""
    text = str(value)
    zeros = len(text) - len(text.rstrip("0"))
    return max(step or 1, 10**zeros if zeros >= 3 and len(text) - zeros in (2, 3, 4) else 1)


def last_digit(value: Any) -> int | None:
    """The unit of the last digit that is not 0, where a number ends in so many that it was rounded: 8,200,000,000."""
    if not isinstance(value, int) or value <= 0:
        return None
    text = str(value)
    zeros = len(text) - len(text.rstrip("0"))
    return 10**zeros if zeros >= 4 and 2 <= len(text) - zeros <= 4 else None


def other_inputs(question: Question, value: int) -> Iterator[str]:
    """Another number of inputs: the value less the biases is a whole multiple of what one input costs."""
    if question.quantity not in ("params", "weights") or question.word not in ("fc", "linear", "conv"):
        return
    counts_biases = question.quantity == "params"
    if question.options.get("groups", 1) != 1 or (counts_biases and not question.options.get("bias")):
        return
    layer = question.layer()
    each = prod(question.options.get("kernel", ())) * layer.y[-1]
    inputs, rest = divmod(value - (layer.count("biases") if counts_biases else 0), each)
    if each >= LEAST_MODULUS and rest == 0 and inputs > 0:
        yield f"{inputs}·{each}" + (f" + {layer.y[-1]}" if counts_biases else "")


def unwhole(value: Any) -> bool:
    """Return True if a number, or one of an answer's numbers, is a fraction."""
    return any(isinstance(n, Fraction) for n in (value if isinstance(value, tuple) else (value,)))
