"""Padding of a 3x3 filter used."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import habit
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    f"{SPATIAL} padding",
    N_("padding of a 3x3 filter used"),
    N_("Is the filter of this layer 3×3?"),
    habit=True,
)
EXAMPLES = (Example("padding", "conv", (63, 63, 16), {"filters": 32, "kernel": 7, "padding": 3}, 1),)


def change(w: Working) -> Changed:
    yield from habit(w, 1)
