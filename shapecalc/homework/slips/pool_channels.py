"""Channels pooled too."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._depth import pooled
from ._slip import DEPTH, SHAPES, Changed, Example, Slip

SLIP = Slip(
    DEPTH,
    1,
    SHAPES,
    N_("channels pooled too"),
    N_("Along which axes does a pooling window move?"),
)
EXAMPLES = (Example("output_shape", "maxpool", (32, 32, 16), {"kernel": 2}, (16, 16, 8)),)


def change(w: Working) -> Changed:
    yield from map(w.with_depth, pooled(w))
