"""Divided by the groups twice."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._fan_in import factor
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("divided by the groups twice"),
    N_("Has the number of groups been divided out already?"),
    special=True,
)
EXAMPLES = (
    Example("weights", "conv", (32, 32, 24), {"filters": 24, "kernel": 3, "groups": 4, "bias": False}, 324),
)


def change(w: Working) -> Changed:
    groups = w.layer.x[-1] if w.question.word == "depthwise" else w.question.options.get("groups", 1)
    if groups != 1 and (changed := factor(w, "{own} // G", G=groups)):
        yield changed
