"""Output projection of attention forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import N_
from ..question import Question
from ._attention import heads, ways
from ._slip import FAN_IN, NUMBERS, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    NUMBERS,
    N_("output projection of attention forgotten"),
    N_("What happens to the heads' results before they leave the layer?"),
    special=True,
)
EXAMPLES = (
    Example("params", "total", (10, 64), {"heads": 2}, 12_480, after=(("linear", {"units": 64}),) * 4),
)


def total(question: Question, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for all_, rest, last in ways(question, numbers):
        if heads(question):
            yield rest, f"{all_} − {last}"
