"""Padding of a 5x5 filter used."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import habit
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} padding",
    N_("padding of a 5x5 filter used"),
    N_("Is the filter of this layer 5×5?"),
)
EXAMPLES = (Example("padding", "conv", (63, 63, 16), {"filters": 32, "kernel": 7, "padding": 3}, 2),)


def change(w: Working) -> Changed:
    yield from habit(w, 2)
