"""Grouped layer treated as depthwise."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._fan_in import with_fan_in
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("grouped layer treated as depthwise"),
    N_("How many input channels are there in one group? Is it really one?"),
    special=True,
)
EXAMPLES = (
    Example("weights", "conv", (32, 32, 24), {"filters": 24, "kernel": 3, "groups": 4, "bias": False}, 216),
)


def change(w: Working) -> Changed:
    groups = w.question.options.get("groups", 1)
    if groups not in (1, w.layer.x[-1]) and (changed := with_fan_in(w, groups)):
        yield changed
