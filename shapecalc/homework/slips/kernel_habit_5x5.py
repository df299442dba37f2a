"""5x5 used."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._shape_rule import kernel
from ._slip import COUNTS, SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    f"{SPATIAL} {COUNTS} kernel",
    N_("5x5 used"),
    N_("How large is the kernel of this layer?"),
    habit=True,
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 1), {"filters": 1, "kernel": 7}, 60),)


def change(w: Working) -> Changed:
    yield from kernel(w, 5)
