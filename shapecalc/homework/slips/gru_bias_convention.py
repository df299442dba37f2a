"""One or two bias vectors per gate."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params biases",
    N_("one or two bias vectors per gate"),
    N_("How many bias vectors has a gate in the convention of this sheet?"),
    special=True,
)
EXAMPLES = (Example("params", "gru", (10, 4), {"units": 5, "biases": 2}, 150),)


def change(w: Working) -> Changed:
    biases = w.question.options.get("biases")
    if biased(w) and isinstance(biases, int):
        yield w.with_options(biases=3 - biases)
