"""Activations given for parameters."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from ...text import N_
from ..question import Question
from ..working import Given, Working
from ._counted import product
from ._slip import FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    2,
    "params weights",
    N_("activations given for parameters"),
    N_("Which numbers are learned, and which are worked out anew for every picture?"),
    instead=True,
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 4704),)


def total(question: Question, numbers: list[int]) -> Iterator[tuple[int, str]]:
    kept = [n for q in question.earlier if isinstance(n := q.of("activations").value(), int)]
    for n in (kept[-1], sum(kept)) if kept else ():
        yield n, ""


def change(w: Working) -> Changed:
    y = w.layer.y
    yield Given(prod(y), product(y))
    if w.windowed and w.learned:  # a value a pixel and filter, as if the size were kept
        kept = (*w.layer.x[:-1], y[-1])
        yield Given(prod(kept), product(kept))
