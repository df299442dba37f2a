"""Filters x input channels maps expected."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import DEPTH, SHAPES, Changed, Example, Slip

SLIP = Slip(
    DEPTH,
    2,
    SHAPES,
    N_("filters x input channels maps expected"),
    N_("One filter reads all input channels. How many maps does it make?"),
)
EXAMPLES = (
    Example("output_shape", "conv", (28, 28, 3), {"filters": 8, "kernel": 3, "padding": 1}, (28, 28, 24)),
)


def change(w: Working) -> Changed:
    if "filters" in w.question.options:
        yield w.with_depth(w.depth.by("C_out * C_in"))
