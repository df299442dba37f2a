"""Height x width used for the number of channels."""

from __future__ import annotations

from math import prod

from ...text import N_
from ..working import Working
from ._chain import map_before
from ._fan_in import with_fan_in
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("height x width used for the number of channels"),
    N_("Which axis of the input does a filter span whole: the plane or the depth?"),
)
EXAMPLES = (Example("params", "conv", (64, 64, 16), {"filters": 1}, 4097),)


def change(w: Working) -> Changed:
    x = map_before(w.question) or w.layer.x
    if len(x) > 2 and "kernel" in w.question.options and (changed := with_fan_in(w, prod(x[:-1]))):
        yield changed
