"""Weights only, biases forgotten."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    14,
    "params biases connections",
    N_("weights only, biases forgotten"),
    N_("Does anything else belong to a filter or unit besides its weights?"),
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 450),)


def change(w: Working) -> Changed:
    if biased(w):
        yield w.with_part("biases", None) if w.question.quantity == "params" else Given(0)
    if "connections" in w.parts and w.layer.count("biases"):
        term = w.parts["connections"]
        for old, new in (("a_ * (b_ + C_out)", "a_ * b_"), ("(C_in + 1) * a_", "C_in * a_")):
            if changed := term.rewritten(old, new):
                yield w.with_part("connections", changed)
                return
