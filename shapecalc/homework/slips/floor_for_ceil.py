"""Rounded down where the framework rounds up."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("rounded down where the framework rounds up"),
    N_("Which way does this layer round?"),
    special=True,
)
EXAMPLES = (
    Example("output_size", "maxpool", (112, 112, 1), {"kernel": 3, "stride": 2, "rounding": "ceil"}, 55),
)


def change(w: Working) -> Changed:
    if w.windowed and (changed := changed_axes(w, "ceil_div(a_, b_)", "a_ // b_")):
        yield changed
