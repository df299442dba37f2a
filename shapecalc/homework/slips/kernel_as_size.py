"""Kernel given as the size."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._shape_rule import by
from ._slip import SHAPES, SIZE, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    f"{SHAPES} receptive_field",
    N_("kernel given as the size"),
    N_("Is this the size of the window or of what comes out?"),
    instead=True,
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, 5),)


def change(w: Working) -> Changed:
    if w.windowed and not w.pools:
        if w.question.quantity == "receptive_field":
            yield Given(w.layer.options["kernel"][0])
        else:
            yield from by(w, "F")
