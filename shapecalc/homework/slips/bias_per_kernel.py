"""One bias per filter and input channel."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params biases",
    N_("one bias per filter and input channel"),
    N_("A filter adds up what it finds in all channels. How many numbers are left to add a bias to?"),
    special=True,
)
EXAMPLES = (
    Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 468),
    Example("biases", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 18),
)


def change(w: Working) -> Changed:
    letters = w.layer.letters
    if biased(w) and "kernel" in w.question.options and "C_in" in letters and letters["C_in"] > 1:
        yield w.with_part(
            "biases", w.parts["biases"].by("C_in * C_out").put(C_in=letters["C_in"], C_out=w.layer.y[-1])
        )
