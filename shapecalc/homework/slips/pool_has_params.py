"""A pooling layer given parameters."""

from __future__ import annotations

from math import prod

from ...text import N_
from ..working import Given, Working
from ._counted import product
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    2,
    COUNTS,
    N_("a pooling layer given parameters"),
    N_("What does a pooling layer learn?"),
    instead=True,
)
EXAMPLES = (
    Example("params", "maxpool", (28, 28, 6), {"kernel": 2}, 4),
    Example("params", "maxpool", (28, 28, 6), {"kernel": 2}, 16),
)


def change(w: Working) -> Changed:
    if not w.pools:
        return
    window, channels = tuple(w.layer.options["kernel"]), w.layer.x[-1]
    if w.question.quantity in ("params", "weights"):
        for numbers in (window, (*window, channels), (*window, channels, channels), (*window, *window)):
            yield Given(prod(numbers), product(numbers))
            if w.question.quantity == "params":
                extra = channels if channels in numbers[len(window) :] else 1
                yield Given(prod(numbers) + extra, f"{product(numbers)} + {extra}")
    if w.question.quantity == "params":
        yield Given(2 * channels, f"2·{channels}")
    if w.question.quantity == "biases":
        yield Given(channels)
    if w.question.quantity in ("macs", "flops", "connections"):
        numbers = (*w.layer.y[:-1], *window, channels)
        for found in (numbers, (*numbers, channels)):
            twice = 2 if w.question.quantity == "flops" else 1
            yield Given(twice * prod(found), product((2, *found) if twice == 2 else found))
