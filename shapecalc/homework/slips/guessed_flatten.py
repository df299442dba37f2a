"""Flatten size guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import N_
from ..question import Question
from ._chain import map_before
from ._number import other_inputs
from ._slip import COUNTS, FAN_IN, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("flatten size guessed"),
    N_("How many values has the map just before it is flattened?"),
)
EXAMPLES = (
    Example("params", "fc", (32, 32, 3), {"units": 120}, 36_120,
        after=(("conv", {"filters": 6, "kernel": 5}), ("maxpool", {"kernel": 2}), ("conv", {"filters": 16, "kernel": 5}),
               ("maxpool", {"kernel": 2}))),
)  # fmt: skip


def seen(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    if step is None and type(value) is int and map_before(question):
        yield from other_inputs(question, value)
