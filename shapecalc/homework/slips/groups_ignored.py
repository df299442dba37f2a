"""Groups ignored."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._fan_in import factor
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("groups ignored"),
    N_("How many input channels does a filter see in one group?"),
    special=True,
)
EXAMPLES = (
    Example("weights", "conv", (32, 32, 24), {"filters": 24, "kernel": 3, "groups": 4, "bias": False}, 5184),
)


def change(w: Working) -> Changed:
    if w.question.options.get("groups", 1) != 1:
        yield w.with_options(groups=1)
    elif w.question.word == "depthwise" and w.layer.x[-1] > 1 and (changed := factor(w, "{own} * C_in")):
        yield changed
