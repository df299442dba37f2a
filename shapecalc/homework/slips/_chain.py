"""The layers before the one that is asked: replayed with something changed, the steps after it being right.

Pitfall: only a chain can be replayed; where a layer does not read the one before it alone, the replay stops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from math import prod
from typing import Any, Protocol, TypeVar

from ...errors import ShapeError
from ...graph import Shape
from ..question import Question, Unasked
from ..working import Given, Working

MISFIT = (
    ShapeError,
    Unasked,
    ArithmeticError,
    NameError,
    KeyError,
    AttributeError,
    IndexError,
    TypeError,
    ValueError,
)
"""What a changed working may run into; then the slip cannot have been made here."""
MOST_KEPT = 50_000
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Kept(Protocol[T_co]):
    """What a layer makes of its own input, or of another."""

    def __call__(self, step: Question, x: Shape | None = None) -> T_co: ...


def kept(work: Callable[[Question, Shape | None], T]) -> Kept[T]:
    """Remember what a layer makes of an input; its options are told apart as objects, and kept alive for that."""
    memo: dict[tuple[Any, ...], tuple[Any, T]] = {}

    @wraps(work)
    def remembered(step: Question, x: Shape | None = None) -> T:
        inputs = step.inputs if x is None else x
        name = (id(step.options), step.word, step.quantity, inputs, step.conventions)
        if name not in memo:
            if len(memo) > MOST_KEPT:
                memo.clear()
            memo[name] = (step.options, work(step, x))
        return memo[name][1]

    return remembered


def map_before(asked: Question) -> Shape | None:
    """The map that a fully connected layer's vector was flattened from, if it was one."""
    if asked.word not in ("fc", "flatten") or not asked.inputs:
        return None
    if len(asked.inputs[0]) > 1:
        return asked.inputs[0]
    last = asked.earlier[-1] if asked.earlier else None
    flat = last and last.word == "flatten" and prod(last.inputs[0]) == asked.inputs[0][0]
    return last.inputs[0] if last and flat else None


def linear(asked: Question) -> tuple[Question, ...]:
    """The last earlier layers, each of which reads the one before it alone, and the last of which `asked` reads."""
    found: list[Question] = []
    wanted = asked.inputs
    for step in reversed(asked.earlier):
        if len(wanted) != 1 or output(step) != wanted[0]:
            break
        found.append(step)
        wanted = step.inputs
    return tuple(reversed(found))


def fed(step: Question, x: Shape) -> Question:
    """The same question with another input; a map becomes a vector where one was read."""
    flat = step.word == "fc" and len(x) > 1 and len(step.inputs[0]) == 1
    x = (prod(x),) if flat else x
    return Question(step.quantity, step.word, step.options, (x,), step.earlier, step.conventions)


@kept
def output(step: Question, x: Shape | None = None) -> Shape | None:
    """The shape behind a layer, on its own input or on `x`; None where it does not fit."""
    try:
        return (step if x is None else fed(step, x)).layer().y
    except MISFIT:
        return None


@kept
def answer(asked: Question, x: Shape | None = None) -> Any:
    """The right answer on its own input or on `x`; None where it does not fit."""
    try:
        return (asked if x is None else fed(asked, x)).value()
    except MISFIT:
        return None


def replay(steps: tuple[Question, ...], x: Shape | None, last: Question) -> Question | None:
    """`last`, with the shape that `x` has become after `steps`; None where something does not fit."""
    for step in steps:
        if x is None:
            return None
        x = output(step, x)
    return None if x is None else fed(last, x)


def sources(asked: Question) -> Iterator[tuple[Question, Shape]]:
    """Every earlier layer of the chain with its output, the nearest first."""
    for step in reversed(linear(asked)):
        if (y := output(step)) is not None:
            yield step, y


def given_instead(w: Working, step: Question) -> Given | None:
    """The same quantity of an earlier layer."""
    try:
        return Given(step._replace(quantity=w.question.quantity, earlier=before(w.question, step)).value())
    except (ShapeError, Unasked, ArithmeticError):
        return None


def before(asked: Question, step: Question) -> tuple[Question, ...]:
    return asked.earlier[: next(i for i, s in enumerate(asked.earlier) if s is step)]
