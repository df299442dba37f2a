"""Dilation counted from 0."""

from __future__ import annotations

from ...errors import ShapeError
from ...text import N_
from ..working import Given, Working
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} receptive_field dilation",
    N_("dilation counted from 0"),
    N_("Which dilation means no gaps in this sheet?"),
    special=True,
)
EXAMPLES = (Example("dilation", "conv", (9, 9, 1), {"filters": 1, "kernel": 3, "dilation": 2}, 1),)


def change(w: Working) -> Changed:
    dilation = w.question.options.get("dilation")
    if not isinstance(dilation, tuple) or all(d == 1 for d in dilation):
        return
    for step in (-1, 1):
        try:
            yield w.with_options(dilation=tuple(max(1, d + step) for d in dilation))
        except ShapeError:
            continue
    if w.question.quantity == "dilation" and isinstance(right := w.question.value(), int):
        yield Given(right - 1, f"{right} − 1")
