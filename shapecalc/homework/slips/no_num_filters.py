"""One filter only."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    2,
    COUNTS,
    N_("one filter only"),
    N_("How many filters are there?"),
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 76),)


def change(w: Working) -> Changed:
    if "kernel" not in w.question.options or w.layer.y[-1] == 1:
        return
    if changed := w.measured(lambda t: t.rewritten("C_out", "1")):
        if "biases" in changed.parts:
            yield changed.with_part("biases", changed.parts["biases"].by("1"))
            changed = changed.with_part("biases", None)
        yield changed
