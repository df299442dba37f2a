"""Kernel area left out."""

from __future__ import annotations

from ...text import N_
from ..terms import Term
from ..working import Working
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("kernel area left out"),
    N_("How many taps has a filter within one channel?"),
)
EXAMPLES = (Example("params", "conv", (28, 28, 32), {"filters": 64, "kernel": 3}, 2112),)


def change(w: Working) -> Changed:
    letters = [f"F_{axis}" for axis in "THWZ"]

    def bare(term: Term) -> Term | None:
        found = term
        for letter in letters:
            found = found.rewritten(letter, "1") or found
        return found if found != term else None

    if changed := w.measured(bare):
        yield changed
        if "biases" in changed.parts:
            yield changed.with_part("biases", None)
