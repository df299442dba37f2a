"""Wrong power of ten."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...text import N_
from ..question import Question
from ._number import written_step
from ._slip import NUMBERS, UNIT, Example, Slip

SLIP = Slip(
    UNIT,
    1,
    NUMBERS,
    N_("wrong power of ten"),
    N_("Check the power of ten."),
)
EXAMPLES = (Example("params", "fc", (4096,), {"units": 1000}, 409_700),)
BINARY = tuple(Fraction(1024**n, 1000**n) for n in (1, 2, 3))


def seen(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    unit = written_step(value, step)
    for k in (1, 2, 3, 4, 6, 8):
        up, down = value == right * 10**k, value * 10**k == right
        near = abs(value - right * 10**k) < unit or abs(value * 10**k - right) < unit * 10**k
        if up or down or (unit > 1 and near):
            yield f"{right}·10^{k}" if value > right else f"{right} / 10^{k}"
    if question.quantity == "memory":
        for factor in BINARY:
            if any(abs(value - right * f) < max(1, unit / 2) for f in (factor, 1 / factor)):
                yield ""
