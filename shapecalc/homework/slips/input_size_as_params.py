"""Size of the input given."""

from __future__ import annotations

from math import prod

from ...text import N_
from ..working import Given, Working
from ._counted import product
from ._slip import FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    "params weights",
    N_("size of the input given"),
    N_("Which numbers belong to the layer, and which to the picture?"),
    instead=True,
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 3072),)


def change(w: Working) -> Changed:
    if w.learned:
        yield Given(prod(w.layer.x), product(w.layer.x))
