"""An answer that is wrong by the key and right on the student's own earlier values keeps its marks.

Pitfall: what was given is taken from the last row above that has a readable shape, and the rows between are worked out
again; where they do not fit, nothing follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import ShapeError
from ...graph import Shape
from ..answers import Reading
from ..question import Question
from .records import Question

SUMMED = ("total_params", "params", "weights", "biases", "macs", "flops")


def shape_given(q: Question, reading: Reading) -> tuple[str, Shape] | None:
    """The row and the shape that an answer gives for it, where it is one that layers can go on from."""
    value = (reading.value,) if isinstance(reading.value, int) else reading.value
    right = q.right[0] if q.right else None
    if q.asks != "output_shape" or not q.way or not isinstance(value, tuple) or not isinstance(right, tuple):
        return None
    if len(value) != len(right) or not all(isinstance(n, int) and n > 0 for n in value):
        return None
    return q.way[-1], value


def on_own_values(q: Question, own: Mapping[str, Shape]) -> tuple[Question, str] | None:
    """What is asked, on the student's own shapes, and the row that they are taken from; None for none."""
    asked = q.asked
    if asked is None or len(asked.inputs) != 1 or len(q.way) != len(asked.earlier) + 1:
        return None
    start = next((i for i in range(len(asked.earlier) - 1, -1, -1) if q.way[i] in own), None)
    if start is None:
        return None
    x = own[q.way[start]]
    try:
        for between in asked.earlier[start + 1 :]:
            x = between._replace(inputs=(x,)).layer().y
        asked = asked._replace(inputs=(x,))
        asked.layer()
        return asked, q.way[start]
    except ShapeError:
        return None


def value_of(asked: Question) -> Any:
    """The quantity on these inputs; None of a receptive field, which has no inputs to follow."""
    if asked.quantity == "output_size":
        y = asked.layer().y
        return y[:-1] or y
    return None if asked.quantity == "receptive_field" else asked.value()


def sum_of_own(q: Question, given: Mapping[str, Any], asks: Mapping[str, str]) -> int | None:
    """A total of the numbers that the student wrote above it; None where one of them is not there."""
    if q.asks not in SUMMED or q.asked is None or q.asked.word != "total":
        return None
    column = q.asks.removeprefix("total_")
    numbers = [value for cell, value in given.items() if asks.get(cell) == column]
    whole = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    return sum(whole) if len(whole) > 1 and len(whole) == sum(a == column for a in asks.values()) else None
