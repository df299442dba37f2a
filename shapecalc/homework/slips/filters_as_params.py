"""Number of filters given as parameters."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._slip import FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    "params weights",
    N_("number of filters given as parameters"),
    N_("What is inside one filter?"),
    instead=True,
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 6),)


def change(w: Working) -> Changed:
    if "kernel" in w.question.options and w.learned and w.layer.y[-1] > 1:
        yield Given(w.layer.y[-1])
