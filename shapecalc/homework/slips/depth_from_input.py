"""Input depth kept instead of the number of filters."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import DEPTH, SHAPES, Changed, Example, Slip

SLIP = Slip(
    DEPTH,
    5,
    SHAPES,
    N_("input depth kept instead of the number of filters"),
    N_("What decides how many maps come out of this layer?"),
)
EXAMPLES = (
    Example("output_shape", "conv", (28, 28, 3), {"filters": 8, "kernel": 3, "padding": 1}, (28, 28, 3)),
)


def change(w: Working) -> Changed:
    if "filters" in w.question.options or w.question.word == "depthwise":
        yield w.with_depth(w.depth.by("C_in"))
