"""Counts more tensors than listed."""

from __future__ import annotations

from math import prod

from ...text import N_
from ..parts import factor
from ..terms import Term
from ..working import Given, Working
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "activations memory params macs flops",
    N_("counts more tensors than listed"),
    N_("What does the question count, and what not?"),
)
EXAMPLES = (Example("params", "bn", (512,), {}, 2048),)


def change(w: Working) -> Changed:
    quantity, layer = w.question.quantity, w.layer
    if quantity == "params" and "buffers" in layer.formulas() and "buffers" not in w.parts:
        yield w.with_part("buffers", Term(layer.formulas()["buffers"], layer.letters_of("buffers")))
    if quantity in ("activations", "memory") and w.learned:
        each = factor(quantity, w.question.conventions)
        values, read = prod(layer.y), sum(map(prod, w.question.inputs))
        learned = layer.count("weights") + layer.count("biases")
        for extra in (read, learned, read + learned):
            yield Given(each * (values + extra))
    if quantity in ("macs", "flops") and layer.count("biases"):
        added = prod(layer.y)
        yield Given(
            layer.count("macs") * factor(quantity, w.question.conventions) + added, f"{w.show()} + {added}"
        )
