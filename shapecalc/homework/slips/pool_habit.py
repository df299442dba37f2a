"""Convolution halves like a pooling layer."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._shape_rule import by
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("convolution halves like a pooling layer"),
    N_("Is this layer a pool?"),
)
EXAMPLES = (
    Example("output_shape", "conv", (28, 28, 3), {"filters": 8, "kernel": 3, "padding": 1}, (14, 14, 8)),
)


def change(w: Working) -> Changed:
    if w.windowed and not w.pools:
        yield from by(w, "N // 2")
