"""One too large, rounding or arithmetic."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._rounding import added
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("one too large, rounding or arithmetic"),
    N_("Work the last division out again, and look which way it is rounded."),
    vague=True,
)
EXAMPLES = (Example("output_size", "maxpool", (28, 28, 6), {"kernel": 2}, 15),)


def change(w: Working) -> Changed:
    if w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield w.with_axes(tuple(added(t, "{} + 1") for t in w.axes))
