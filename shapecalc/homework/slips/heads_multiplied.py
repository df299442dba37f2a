"""Multiplied by the number of heads."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import N_
from ..question import Question
from ..working import Given, Working
from ._attention import heads, ways
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("multiplied by the number of heads"),
    N_("How wide is one head, if all heads together are as wide as the layer?"),
    special=True,
)
EXAMPLES = (
    Example(
        "params",
        "total",
        (10, 64),
        {"heads": 2},
        33280,
        after=(
            ("linear", {"units": 64}),
            ("linear", {"units": 64}),
            ("linear", {"units": 64}),
            ("linear", {"units": 64}),
        ),
    ),
)


def total(question: Question, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for whole, rest, last in ways(question, numbers):
        for n in heads(question):
            yield whole * n, f"{whole}·{n}"
            yield rest * n + last, f"{rest}·{n} + {last}"


def change(w: Working) -> Changed:
    own = next((a.options["heads"] for a in w.question.earlier[-4:] if "heads" in a.options), None)
    own = w.question.options.get("heads", own)
    if isinstance(own, int) and own > 1 and w.question.word in ("linear", "scores", "attend"):
        found = w.answer()
        if isinstance(found, int):
            yield Given(found * own, f"({w.show()})·{own}")
