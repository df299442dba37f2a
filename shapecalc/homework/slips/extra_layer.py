"""A layer that is not in the list."""

from __future__ import annotations

from collections.abc import Iterator

from ...text import N_
from ..parts import POOLS
from ..question import Question
from ..working import Working, taught
from ._chain import linear, map_before, replay
from ._slip import CHAIN, COUNTS, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    CHAIN,
    1,
    f"{SPATIAL} {COUNTS} receptive_field",
    N_("a layer that is not in the list"),
    N_("Tick off the layers of the list one by one: is each counted once?"),
)
EXAMPLES = (
    Example(
        "params",
        "total",
        (10,),
        {},
        3114,
        after=(
            ("fc", {"units": 64}),
            ("fc", {"units": 32}),
            ("fc", {"units": 5}),
        ),
    ),
    Example(
        "params",
        "fc",
        (32, 32, 3),
        {"units": 120},
        7800,
        after=(
            ("conv", {"filters": 6, "kernel": 5}),
            ("maxpool", {"kernel": 2}),
            ("conv", {"filters": 16, "kernel": 5}),
            ("maxpool", {"kernel": 2}),
        ),
    ),
)


def total(question: Question, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for n in numbers:
        yield sum(numbers) + n, f"{sum(numbers)} + {n}"


def change(w: Working) -> Changed:
    """One layer too many of a stack of equal ones; in a total any layer can be counted twice."""
    last = w.question.earlier[-1] if w.question.earlier else None
    if (
        last
        and last.word == w.question.word
        and last.options == w.question.options
        and len(w.question.inputs) == 1
    ):
        if w.question.quantity == "receptive_field":
            yield taught(w.question._replace(earlier=(*w.question.earlier, last)))
        else:
            yield w.with_inputs(w.layer.y)
    elif map_before(w.question):
        yield from _pooled_twice(w)


def _pooled_twice(w: Working) -> Changed:
    """A pool too many before a dense layer."""
    steps = linear(w.question)
    for i, step in enumerate(steps):
        if step.word in POOLS and (
            asked := replay(steps[: i + 1] + steps[i:], steps[0].inputs[0], w.question)
        ):
            yield taught(asked)
