"""Two biases per filter."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params biases",
    N_("two biases per filter"),
    N_("How many biases does one filter have?"),
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 462),)


def change(w: Working) -> Changed:
    if biased(w) and "biases" not in w.question.options:
        term = w.parts["biases"]
        yield w.with_part("biases", term.by(f"2 * ({term.formula.text})"))
