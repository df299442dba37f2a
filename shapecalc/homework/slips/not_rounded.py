"""Fraction left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...text import N_
from ..question import Question
from ..terms import Term
from ..working import Working
from ._number import unwhole
from ._slip import COUNTS, SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    f"{SPATIAL} receptive_field padding stride kernel dilation",
    N_("fraction left"),
    N_("Can a map have a fraction of a pixel?"),
)
EXAMPLES = (
    Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, Fraction("61/2")),
)


def change(w: Working) -> Changed:
    if w.windowed:
        axes = tuple(
            Term(t.formula, t.letters, "//" in t.formula.text and "ceil" not in t.formula.text)
            for t in w.axes
        )
        yield w.with_axes(axes)


def seen(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    if unwhole(value) and question.quantity not in COUNTS.split():
        yield ""
