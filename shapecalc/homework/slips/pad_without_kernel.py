"""Padding added, kernel not fully subtracted."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes, padded
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} padding",
    N_("padding added, kernel not fully subtracted"),
    N_("Padding is added; what has to be subtracted?"),
)
EXAMPLES = (Example("output_size", "conv", (32, 32, 10), {"filters": 20, "kernel": 7, "padding": 3}, 35),)


def change(w: Working) -> Changed:
    if padded(w) and w.windowed:
        for old, new in (("a_ - F", "a_ - F // 2 - 1"), ("(a_ - F) // b_ + 1", "a_ // b_")):
            if changed := changed_axes(w, old, new):
                yield changed
