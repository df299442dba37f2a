"""Slips along the chain: an earlier answer given again, a layer left out, another picture, an error carried on.

Pitfall: these are found only where every layer reads the one before it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from ...errors import ShapeError
from ...graph import Shape
from ...text import N_
from ..parts import factor
from ..question import Question, Unasked
from ..working import Given, Working, taught
from ._chain import linear, map_before, replay, sources
from ._slip import CHAIN, COUNTS, SPATIAL, Changed, slip

EVERY = f"{SPATIAL} {COUNTS} receptive_field"
PICTURES = {227: 224, 224: 227, 28: 32, 32: 28, 299: 224}
"""Sizes of the pictures that courses use, and the one each is taken for."""


def given_instead(w: Working, step: Question) -> Given | None:
    """The same quantity of an earlier layer."""
    try:
        return Given(step._replace(quantity=w.question.quantity, earlier=_before(w.question, step)).value())
    except (ShapeError, Unasked, ArithmeticError):
        return None


def _before(asked: Question, step: Question) -> tuple[Question, ...]:
    return asked.earlier[: next(i for i, s in enumerate(asked.earlier) if s is step)]


@slip(3, CHAIN, EVERY, N_("value of an earlier layer given"), "停在了前面的层")
def stopped_early(w: Working) -> Changed:
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


def _keeps(w: Working) -> bool:
    """A window over the very input has slips of its own that keep it."""
    return not w.question.earlier


def working_like(w: Working, shape: Shape) -> int | tuple[int, ...]:
    """The asked quantity of a shape that stands for the output."""
    from ..plain import plain

    if w.question.quantity == "output_size":
        return plain(shape[:-1] or shape)
    return prod(shape) * factor(w.question.quantity, w.question.conventions)


@slip(1, CHAIN, EVERY, N_("a layer that is not in the list"), "多算了一层")
def extra_layer(w: Working) -> Changed:
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


@slip(2, CHAIN, EVERY, N_("one layer left out"), "漏了一层")
def missing_layer(w: Working) -> Changed:
    if w.question.quantity == "receptive_field":
        for i in range(len(w.question.earlier)):
            yield taught(w.question._replace(earlier=w.question.earlier[:i] + w.question.earlier[i + 1 :]))
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


@slip(2, CHAIN, f"{SPATIAL} {COUNTS}", N_("another input size used"), "输入尺寸取错")
def wrong_input_size(w: Working) -> Changed:
    steps = linear(w.question)
    if len(steps) != len(w.question.earlier):
        return
    x = steps[0].inputs[0] if steps else w.layer.x
    for other in _other_pictures(x):
        if asked := replay(steps, other, w.question):
            yield taught(asked)


def _other_pictures(x: Shape) -> Iterator[Shape]:
    """What the network's input may be taken for: another usual picture, or colour for grey."""
    sizes = set(x[:-1])
    if len(x) == 3 and len(sizes) == 1 and (other := PICTURES.get(x[0])):
        yield (other, other, x[-1])
    if len(x) == 3 and x[-1] == 1:
        yield (*x[:-1], 3)
