"""One layer left out."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import N_
from ..question import Question
from ..working import Working, taught
from ._chain import given_instead, linear, replay
from ._slip import CHAIN, COUNTS, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    CHAIN,
    2,
    f"{SPATIAL} {COUNTS} receptive_field",
    N_("one layer left out"),
    N_("Tick off the layers one by one: is one left out?"),
    replayed=True,
)
EXAMPLES = (
    Example(
        "params",
        "total",
        (10,),
        {},
        869,
        after=(
            ("fc", {"units": 64}),
            ("fc", {"units": 32}),
            ("fc", {"units": 5}),
        ),
    ),
    Example(
        "receptive_field",
        "conv",
        (64, 64, 1),
        {"filters": 1, "kernel": 3},
        5,
        after=(
            ("conv", {"filters": 1, "kernel": 3}),
            ("maxpool", {"kernel": 2}),
        ),
    ),
)


def total(question: Question, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for n in numbers:
        yield sum(numbers) - n, f"{sum(numbers)} − {n}"


def change(w: Working) -> Changed:
    if w.question.quantity == "receptive_field":
        for i in range(len(w.question.earlier)):
            yield taught(w.question._replace(earlier=w.question.earlier[:i] + w.question.earlier[i + 1 :]))
        for i in range(1, len(w.fields[0])):  # its window left out, its stride kept
            yield w.with_fields(lambda t, i=i: t[:i] + t[i + 1 :])  # type: ignore[misc]
        if w.question.earlier and w.layer.steps() and (found := given_instead(w, w.question.earlier[-1])):
            yield found
        return
    steps = linear(w.question)
    for i in range(max(0, len(steps) - 4), len(steps)):
        if steps[i].word == "flatten":
            continue
        asked = replay(steps[:i] + steps[i + 1 :], steps[0].inputs[0], w.question)
        if asked:
            yield taught(asked)
