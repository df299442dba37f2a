"""Some maps dropped."""

from __future__ import annotations

from ...text import N_
from ..terms import Term, formula
from ..working import Working
from ._slip import DEPTH, SHAPES, Changed, Example, Slip

SLIP = Slip(
    DEPTH,
    1,
    SHAPES,
    N_("some maps dropped"),
    N_("Count the maps that come out: is none of them missing?"),
)
EXAMPLES = (
    Example("output_shape", "conv", (227, 227, 3), {"filters": 96, "kernel": 11, "stride": 4}, (55, 55, 48)),
)


def change(w: Working) -> Changed:
    if w.question.word == "concat" and w.layer.y[:-1] == w.layer.x[:-1]:
        for x in w.question.inputs:
            yield w.with_depth(Term(formula("C_in"), {"C_in": x[-1]}))
            if len(w.question.inputs) > 2:
                yield w.with_depth(Term(formula("C_out - C_in"), {"C_out": w.layer.y[-1], "C_in": x[-1]}))
    elif w.axes and hasattr(w.layer, "windows"):
        for text in ("1", f"{w.depth.formula.text} // 2"):
            yield w.with_depth(w.depth.by(text))
