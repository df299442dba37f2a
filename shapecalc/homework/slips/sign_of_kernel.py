"""Kernel added."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes, padded
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("kernel added"),
    N_("Does a larger kernel fit more often or less often?"),
)
EXAMPLES = (Example("output_size", "conv", (32, 32, 3), {"filters": 1, "kernel": 5}, 36),)


def change(w: Working) -> Changed:
    changed = changed_axes(w, "(a_ - F) // b_ + 1", "(a_ + F) // b_ - 1")
    if changed and w.windowed and not w.pools and not padded(w):
        yield changed
