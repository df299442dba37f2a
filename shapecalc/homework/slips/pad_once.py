"""Padding counted on one side only."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    f"{SPATIAL} padding",
    N_("padding counted on one side only"),
    N_("On how many sides of the picture are zeros added?"),
)
EXAMPLES = (
    Example("output_shape", "conv", (28, 28, 3), {"filters": 8, "kernel": 3, "padding": 1}, (27, 27, 8)),
)


def change(w: Working) -> Changed:
    for old, new in (
        ("2 * P", "P"),
        ("P_b + P_a", "P_b"),
        ("a_ - P_b - P_a", "a_ - P_b"),
        ("N + P_b + P_a", "N + P_b"),
    ):
        if changed := changed_axes(w, old, new, depth=True):
            yield changed
            return
