"""Batch size used as number of features."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._fan_in import with_fan_in
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

BATCHES = (8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512)
"""Usual sizes of a batch."""
SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("batch size used as number of features"),
    N_("Does a layer's parameter count depend on how many samples are shown at once?"),
)
EXAMPLES = (Example("params", "fc", (784,), {"units": 10}, 330),)


def change(w: Working) -> Changed:
    if "kernel" not in w.question.options:
        for n in BATCHES:
            if n != w.layer.letters.get("C_in") and (changed := with_fan_in(w, n)):
                yield changed
