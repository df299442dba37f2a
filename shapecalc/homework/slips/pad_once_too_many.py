"""Unbalanced padding."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import padded, with_padding
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} padding",
    N_("unbalanced padding"),
    N_("Does this padding go with this kernel?"),
)
EXAMPLES = (Example("output_size", "conv", (128, 128, 3), {"filters": 16, "kernel": 5, "padding": 2}, 130),)


def change(w: Working) -> Changed:
    if (p := padded(w)) and w.windowed and not w.pools:
        yield with_padding(w, p + 1)
