"""Padding not applied."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes, padded, with_padding
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} padding",
    N_("padding not applied"),
    N_("Is there padding in this layer?"),
)
EXAMPLES = (
    Example("output_size", "conv", (64, 64, 3), {"filters": 8, "kernel": 5, "stride": 2, "padding": 1}, 30),
)


def change(w: Working) -> Changed:
    if w.transposed:
        if changed := changed_axes(w, "a_ - 2 * P", "a_") or changed_axes(w, "a_ - P_b - P_a", "a_"):
            yield changed
    elif padded(w):
        yield with_padding(w, 0)
