"""Plain arithmetic slip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import N_
from ..question import Question
from ._number import LONG
from ._slip import NUMBERS, UNIT, Example, Slip

SLIP = Slip(
    UNIT,
    2,
    NUMBERS,
    N_("plain arithmetic slip"),
    N_("The way looks right. Work the numbers out again."),
)
EXAMPLES = (Example("params", "conv", (28, 28, 32), {"filters": 64, "kernel": 3}, 18_946),)
CARRIES = {10**k for k in range(1, 16)}


def last(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    a, b = str(right), str(value)
    if _miscalculated(a, b) or (abs(right - value) in CARRIES and len(a) == len(b) >= LONG):
        yield ""


def _miscalculated(a: str, b: str) -> bool:
    """Two neighbouring digits swapped, one digit lost, or in a longer number one digit wrong."""
    if len(a) == len(b) + 1 > LONG:
        return any(a[:i] + a[i + 1 :] == b for i in range(len(a)))
    apart = [i for i, (x, y) in enumerate(zip(a, b)) if x != y]
    if len(a) != len(b) or len(a) < LONG:
        return False
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        return a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
    return len(apart) == 1 and len(a) > LONG
