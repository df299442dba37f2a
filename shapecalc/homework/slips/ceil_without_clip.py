"""Ceil mode without dropping the window that starts in the padding."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    3,
    SPATIAL,
    N_("ceil mode without dropping the window that starts in the padding"),
    N_("Does the last window touch real input at all?"),
    special=True,
)
EXAMPLES = (
    Example(
        "output_size", "maxpool", (5, 5, 8), {"kernel": 2, "stride": 2, "padding": 1, "rounding": "ceil"}, 4
    ),
)


def change(w: Working) -> Changed:
    if w.windowed and (changed := changed_axes(w, "min(a_, b_)", "a_")):
        yield changed
