"""Size grows."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes, strides
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("size grows"),
    N_("Can a map grow in this layer?"),
)
EXAMPLES = (Example("output_size", "conv", (32, 32, 3), {"filters": 1, "kernel": 5}, 36),)


def change(w: Working) -> Changed:
    for old, new in (
        ("a_ + 2 * P", "a_ - 2 * P"),
        ("a_ + P_b + P_a", "a_ - P_b - P_a"),
        ("a_ - 2 * P", "a_ + 2 * P"),
    ):
        if changed := changed_axes(w, old, new):
            yield changed
            return
    grown = changed_axes(w, "(a_ - F) // b_ + 1", "(a_ + F) // b_ - 1")
    if grown and w.windowed and not w.pools and all(s == 1 for s in strides(w)):
        yield grown
