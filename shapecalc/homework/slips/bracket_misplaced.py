"""Only the filter divided by the stride."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("only the filter divided by the stride"),
    N_("What all is divided by the stride?"),
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, 63),)


def change(w: Working) -> Changed:
    changed = changed_axes(w, "(a_ - b_) // c_ + 1", "a_ - b_ // c_ + 1")
    if changed and w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield changed
