"""Channels padded too."""

from __future__ import annotations

from ...text import N_
from ..terms import Term, formula
from ..working import Working
from ._slip import DEPTH, SHAPES, Changed, Example, Slip

SLIP = Slip(
    DEPTH,
    2,
    SHAPES,
    N_("channels padded too"),
    N_("Along which axes are zeros added?"),
)
EXAMPLES = (Example("output_shape", "pad", (15, 15, 8), {"amount": 2}, (19, 19, 12)),)


def change(w: Working) -> Changed:
    if w.question.word == "pad" and w.axes:
        letters = {**w.axes[0].letters, "N": w.layer.x[-1]}
        yield w.with_depth(Term(w.axes[0].formula, letters))
    elif w.windowed and w.axes[0].letters.get("P"):
        yield w.with_depth(Term(formula("C_out + 2*P"), {**w.depth.letters, "P": w.axes[0].letters["P"]}))
