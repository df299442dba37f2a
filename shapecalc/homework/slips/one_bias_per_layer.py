"""One bias for the whole layer instead of one per filter or unit."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    6,
    "params biases",
    N_("one bias for the whole layer instead of one per filter or unit"),
    N_("Count the biases once more: who has one of its own?"),
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 451),)


def change(w: Working) -> Changed:
    if biased(w):
        yield w.with_part("biases", w.parts["biases"].by("1"))
