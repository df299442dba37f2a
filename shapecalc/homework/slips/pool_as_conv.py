"""Pooling treated as a 3x3 convolution."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._shape_rule import by
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("pooling treated as a 3x3 convolution"),
    N_("How far does a pooling window move at a time?"),
)
EXAMPLES = (Example("output_size", "maxpool", (13, 13, 32), {"kernel": 2}, 11),)


def change(w: Working) -> Changed:
    if w.pools and w.windowed:
        yield from by(w, "N - 3 + 1", "N - F + 1")
