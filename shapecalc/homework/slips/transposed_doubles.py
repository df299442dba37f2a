"""Transposed layer thought to double exactly."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("transposed layer thought to double exactly"),
    N_("Where do the windows of the first and the last input value lie in the output?"),
    special=True,
)
EXAMPLES = (
    Example(
        "output_size",
        "convtranspose",
        (14, 14, 3),
        {"filters": 1, "kernel": 3, "stride": 2, "padding": 1},
        28,
    ),
)


def change(w: Working) -> Changed:
    if w.transposed:
        yield w.with_axes(tuple(t.by("N * S") for t in w.axes))
