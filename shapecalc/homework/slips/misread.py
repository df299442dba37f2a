"""Number misread."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

from ...text import N_
from ..question import Question
from ._number import LEAST_MODULUS
from ._slip import COUNTS, UNIT, Example, Slip

SLIP = Slip(
    UNIT,
    1,
    COUNTS,
    N_("number misread"),
    N_("Copy the numbers of the question once more."),
)
EXAMPLES = (Example("params", "conv", (28, 28, 32), {"filters": 64, "kernel": 3}, 48 * 289),)
KERNELS = (1, 2, 4, 7, 9, 11)


def last(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    """Parameters of another number of filters or units, or of another kernel, everything else right."""
    if question.quantity != "params" or question.word not in ("conv", "fc", "linear"):
        return
    options, layer = question.options, question.layer()
    weights, biases, wide = layer.count("weights"), layer.count("biases"), layer.y[-1]
    each = (weights + biases) // wide
    if options.get("groups", 1) == 1 and each >= LEAST_MODULUS and value % each == 0 and value:
        yield f"{each}·{value // each}"
    if kernel := options.get("kernel"):
        pair, area = weights // prod(kernel), value - biases
        for f in KERNELS:
            if pair >= LEAST_MODULUS and area == pair * f ** len(kernel):
                yield f"{f}·{f}·{pair} + {biases}"
