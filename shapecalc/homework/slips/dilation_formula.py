"""Dilated extent wrong."""

from __future__ import annotations

from ...formula import Formula
from ...text import N_
from ..terms import Term, formula
from ..working import Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

EXTENT = "D * (F - 1) + 1"
EXTENTS = ("F", "D * F", "F * (D - 1) - 1", "D * (F - 1)", "F * (D - 1) + 1", "F + D - 1")
"""What the dilated filter's extent is mistaken for."""
SLIP = Slip(
    SIZE,
    2,
    f"{SPATIAL} receptive_field",
    N_("dilated extent wrong"),
    N_("Draw the taps of the dilated filter: from the first to the last, how wide is it?"),
    special=True,
)
EXAMPLES = (Example("output_size", "conv", (10, 10, 3), {"filters": 1, "kernel": 3, "dilation": 2}, 8),)


def change(w: Working) -> Changed:
    dilation = w.question.options.get("dilation")
    if not isinstance(dilation, tuple) or all(d == 1 for d in dilation):
        return
    if w.question.quantity == "receptive_field":
        own = w.layer.windows[-1].letters  # type: ignore[attr-defined]
        for text in EXTENTS:
            grows = formula(f"({text} - 1) * J")

            def last(terms: tuple[Term, ...], grows: Formula = grows) -> tuple[Term, ...]:
                return (*terms[:-1], Term(grows, {**own, "J": terms[-1].letters["J"]}))

            yield w.with_fields(last)
        return
    for new in EXTENTS:
        if changed := changed_axes(w, EXTENT, new):
            yield changed
