"""One digit too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import N_
from ..question import Question
from ._number import LONG
from ._slip import NUMBERS, UNIT, Example, Slip

SLIP = Slip(
    UNIT,
    1,
    NUMBERS,
    N_("one digit too many"),
    N_("Count the digits of the product."),
)
EXAMPLES = (Example("weights", "conv", (128, 128, 3), {"filters": 32, "kernel": 9}, 77_760),)


def seen(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    if value == right * 10:
        yield f"{right}·10"


def last(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    a, b = str(right), str(value)
    if len(b) == len(a) + 1 > LONG and any(b[:i] + b[i + 1 :] == a for i in range(len(b))):
        yield ""
