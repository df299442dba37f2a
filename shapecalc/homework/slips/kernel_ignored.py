"""Size / stride."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import SHRUNK
from ._shape_rule import by
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} stride",
    N_("size / stride"),
    N_("How far can the window move before it meets the edge?"),
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, 32),)


def change(w: Working) -> Changed:
    if w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield from by(w, SHRUNK[1], *([] if w.pools else [SHRUNK[0]]))
