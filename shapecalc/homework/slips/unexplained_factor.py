"""A factor with no rule."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

from ...text import N_
from ..question import Question
from ..working import Given, Working
from ._slip import NUMBERS, UNIT, Changed, Example, Slip

SLIP = Slip(
    UNIT,
    1,
    NUMBERS,
    N_("a factor with no rule"),
    N_("Is a factor counted that does not belong here?"),
)
EXAMPLES = (Example("params", "fc", (784,), {"units": 10}, 23_550),)
MOST = 16


def change(w: Working) -> Changed:
    if w.question.quantity == "memory":  # values given for bytes
        yield Given(prod(w.layer.y))


def seen(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    half = Fraction(step or 0, 2)
    for k in range(2, MOST + 1):
        if k == 10:
            continue
        if abs(value - k * right) <= half:
            yield f"{k}·{right}"
        elif k > 2 and (value * k == right or (step and abs(value - Fraction(right, k)) <= half)):
            yield f"{right} / {k}"
