"""Area of one filter given as its parameters."""

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
    N_("area of one filter given as its parameters"),
    N_("How deep is one filter, and how many filters are there?"),
    special=True,
    instead=True,
)
EXAMPLES = (
    Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 25),
    Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 26),
)


def change(w: Working) -> Changed:
    if w.pools or not w.learned or "kernel" not in w.question.options:
        return
    window = tuple(w.question.options["kernel"])
    if prod(window) > 1:
        yield Given(prod(window), product(window))
        if w.question.quantity == "params" and "biases" in w.parts:
            yield Given(prod(window) + 1, f"{product(window)} + 1")
