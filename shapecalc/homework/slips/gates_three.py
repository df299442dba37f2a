"""Three LSTM gates instead of four blocks."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("three LSTM gates instead of four blocks"),
    N_("List the blocks of an LSTM cell that have weights."),
    special=True,
)
EXAMPLES = (Example("params", "lstm", (16, 4096), {"units": 256}, 3343104),)


def change(w: Working) -> Changed:
    if w.question.word != "lstm":
        return
    for old, new in (("8 * a_", "6 * a_"), ("4 * a_", "3 * a_")):
        w = w.with_parts({part: term.rewritten(old, new) or term for part, term in w.parts.items()})
    yield w
