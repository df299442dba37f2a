"""Inputs and units added up where they are multiplied."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._slip import FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    "params weights macs",
    N_("inputs and units added up where they are multiplied"),
    N_("How many lines go from one input to all the units?"),
    instead=True,
)
EXAMPLES = (
    Example("params", "fc", (84,), {"units": 10}, 94),
    Example("params", "fc", (84,), {"units": 10}, 104),
)


def change(w: Working) -> Changed:
    if w.question.word != "fc":
        return
    inputs, units = w.layer.x[-1], w.layer.y[-1]
    yield Given(inputs + units, f"{inputs} + {units}")
    if "biases" in w.parts and w.question.quantity == "params":
        yield Given(inputs + 2 * units, f"{inputs} + {units} + {units}")
