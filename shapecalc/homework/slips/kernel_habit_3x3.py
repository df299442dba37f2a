"""3x3 used."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._shape_rule import kernel
from ._slip import COUNTS, SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} {COUNTS} kernel",
    N_("3x3 used"),
    N_("How large is the kernel of this layer?"),
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 1), {"filters": 1, "kernel": 7}, 62),)


def change(w: Working) -> Changed:
    yield from kernel(w, 3)
