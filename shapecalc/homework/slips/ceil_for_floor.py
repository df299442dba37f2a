"""Rounded up instead of down."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    4,
    f"{SPATIAL} padding stride kernel",
    N_("rounded up instead of down"),
    N_("What happens to a window that does not fit whole?"),
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, 31),)


def change(w: Working) -> Changed:
    if w.windowed and (changed := changed_axes(w, "a_ // b_", "ceil_div(a_, b_)")):
        yield changed
