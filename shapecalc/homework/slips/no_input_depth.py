"""Depth of the input left out of the filter."""

from __future__ import annotations

from math import prod

from ...text import N_
from ..terms import Term
from ..working import Working
from ._chain import map_before
from ._fan_in import with_fan_in
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    13,
    COUNTS,
    N_("depth of the input left out of the filter"),
    N_("How deep is one filter? Look at the shape that goes in."),
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 156),)


def change(w: Working) -> Changed:
    if "kernel" in w.question.options:
        grouped = "C_in // G" if w.question.options.get("groups", 1) != 1 else "C_in"
        olds = (f"a_ * {grouped}", "a_ * C_in // G", "C_in")

        def flat(term: Term) -> Term | None:
            ways = (term.rewritten(old, "a_" if "a_" in old else "1") for old in olds)
            return next(filter(None, ways), None)

        if changed := w.measured(flat):
            yield changed
    elif (
        (shape := map_before(w.question)) and shape[-1] > 1 and (changed := with_fan_in(w, prod(shape[:-1])))
    ):
        yield changed
