"""An answer that is wrong by the key and right on the student's own earlier values keeps its marks.

Pitfall: what was given is taken from the last row above that has a readable shape, and the rows between are worked out
again; where they do not fit, nothing follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import ShapeError
from ...graph import Shape
from ...quantities import SUMMED
from ..answers import Reading
from ..question import TOTAL, Question
from . import asking
from .records import Ask


def shape_given(ask: Ask, reading: Reading) -> tuple[str, Shape] | None:
    """The row and the shape that an answer gives for it, where it is one that layers can go on from."""
    value = (reading.value,) if isinstance(reading.value, int) else reading.value
    right = ask.right[0] if ask.right else None
    if (
        ask.quantity != "output_shape"
        or not ask.way
        or not isinstance(value, tuple)
        or not isinstance(right, tuple)
    ):
        return None
    if len(value) != len(right) or not all(isinstance(n, int) and n > 0 for n in value):
        return None
    return ask.way[-1], value


def on_own_values(ask: Ask, own: Mapping[str, Shape]) -> tuple[Question, str] | None:
    """What is asked, on the student's own shapes, and the row that they are taken from; None for none."""
    asked = ask.question
    if asked is None or len(asked.inputs) != 1 or len(ask.way) != len(asked.earlier) + 1:
        return None
    start = next((i for i in range(len(asked.earlier) - 1, -1, -1) if ask.way[i] in own), None)
    if start is None or asked.quantity == "receptive_field":
        return None
    x = own[ask.way[start]]
    try:
        for between in asked.earlier[start + 1 :]:
            x = between.on(x).layer().y
        asked = asked.on(x)
        asked.layer()
        return asked, ask.way[start]
    except ShapeError:
        return None


def on_own_numbers(ask: Ask, given: Mapping[str, Any]) -> Any:
    """The expression worked out with the student's own values of the cells it speaks of; None where it names none."""
    own = {name: given[name] for name in ask.operands if given.get(name) is not None}
    return ask.again(own) if own and ask.again is not None else None


def sum_of_own(ask: Ask, given: Mapping[str, Any], asks: tuple[Ask, ...]) -> int | None:
    """A total of the numbers that the student wrote above it; None where one of them is not there."""
    if ask.question is None or ask.question.word != TOTAL or ask.quantity not in SUMMED:
        return None
    parts = [a for a in asks if a.quantity == ask.quantity and a is not ask]
    numbers = [given.get(a.cell) for a in parts]
    whole = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    adds_up = sum(a.right[0] for a in parts if isinstance(a.right[0], int)) == ask.value
    return sum(whole) if len(whole) > 1 and len(whole) == len(parts) and adds_up else None


def value_of(question: Question) -> Any:
    """The quantity on these inputs."""
    return asking.value(question)
