"""One bias per input."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params biases",
    N_("one bias per input"),
    N_("Do biases belong to what goes in, or to what comes out?"),
)
EXAMPLES = (Example("params", "fc", (84,), {"units": 10}, 924),)


def change(w: Working) -> Changed:
    if biased(w):
        term = w.parts["biases"]
        yield w.with_part("biases", term.by("C_in").put(C_in=w.layer.letters["C_in"]))
