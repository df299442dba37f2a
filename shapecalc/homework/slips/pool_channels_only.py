"""Only the channels pooled."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._depth import pooled
from ._slip import DEPTH, SHAPES, Changed, Example, Slip

SLIP = Slip(
    DEPTH,
    1,
    SHAPES,
    N_("only the channels pooled"),
    N_("Along which axes does a pooling window move?"),
)
EXAMPLES = (Example("output_shape", "maxpool", (32, 32, 16), {"kernel": 2}, (32, 32, 8)),)


def change(w: Working) -> Changed:
    kept = tuple(t.by("N") for t in w.axes)
    yield from (w.with_axes(kept).with_depth(term) for term in pooled(w))
