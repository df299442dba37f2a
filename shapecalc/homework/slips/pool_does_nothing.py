"""Pooling left the size unchanged."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import KEPT
from ._shape_rule import by
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    SPATIAL,
    N_("pooling left the size unchanged"),
    N_("What does pooling do to height and width?"),
)
EXAMPLES = (Example("output_size", "maxpool", (13, 13, 32), {"kernel": 2}, 13),)


def change(w: Working) -> Changed:
    if w.pools and w.windowed:
        yield from by(w, KEPT)
