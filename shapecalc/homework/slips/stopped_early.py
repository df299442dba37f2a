"""Value of an earlier layer given."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import prod

from ...graph import Shape
from ...text import N_
from ..parts import factor
from ..plain import plain
from ..question import Question
from ..working import Given, Working
from ._chain import given_instead, linear, map_before, sources
from ._slip import CHAIN, COUNTS, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    CHAIN,
    3,
    f"{SPATIAL} {COUNTS} receptive_field",
    N_("value of an earlier layer given"),
    N_("Behind which layer is this number found?"),
)
EXAMPLES = (
    Example(
        "params",
        "total",
        (10,),
        {},
        2784,
        after=(
            ("fc", {"units": 64}),
            ("fc", {"units": 32}),
            ("fc", {"units": 5}),
        ),
    ),
)


def _keeps(w: Working) -> bool:
    """A window over the very input has slips of its own that keep it."""
    return not w.question.earlier


def working_like(w: Working, shape: Shape) -> int | tuple[int, ...]:
    """The asked quantity of a shape that stands for the output."""
    if w.question.quantity == "output_size":
        return plain(shape[:-1] or shape)
    return prod(shape) * factor(w.question.quantity, w.question.conventions)


def total(question: Question, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for n in list(accumulate(numbers))[:-1]:
        yield n, ""


def change(w: Working) -> Changed:
    quantity = w.question.quantity
    near = w.question.earlier[-6:]
    for step in reversed(near):
        if found := given_instead(w, step):
            yield found
    shapes: list[Shape] = [shape for _, shape in sources(w.question)][1:]
    start = linear(w.question)
    shapes += [start[0].inputs[0]] if start else list(w.question.inputs[:1])
    if w.question.word in ("flatten", "fc"):
        for shape in shapes:  # the vector of an earlier map
            if len(shape) > 1 and shape != map_before(w.question):
                yield w.with_inputs(shape if len(w.layer.x) > 1 else (prod(shape),))
    elif quantity in ("output_shape", "output_size", "activations", "memory") and shapes and not _keeps(w):
        yield Given(shapes[-1] if quantity == "output_shape" else working_like(w, shapes[-1]))
