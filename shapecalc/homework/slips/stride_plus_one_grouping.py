"""Divided by S+1."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._shape_rule import PLUS_ONE
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("divided by S+1"),
    N_("What is divided by what, and where is the 1 added?"),
)
EXAMPLES = (Example("output_size", "conv", (63, 63, 1), {"filters": 1, "kernel": 7, "stride": 2}, 18),)


def change(w: Working) -> Changed:
    changed = changed_axes(w, PLUS_ONE, "a_ // (b_ + 1)")
    if changed and w.windowed and not w.pools and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield changed
