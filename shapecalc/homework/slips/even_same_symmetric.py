"""Symmetric padding on an even kernel."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    SPATIAL,
    N_("symmetric padding on an even kernel"),
    N_("Can an even kernel be padded alike on both sides?"),
    special=True,
)
EXAMPLES = (Example("output_size", "conv", (28, 28, 3), {"filters": 1, "kernel": 4, "padding": "same"}, 27),)


def change(w: Working) -> Changed:
    if w.windowed and w.question.options.get("padding") in ("same", "same_lower", "keep"):
        extents = [t.letters["K"] for t in w.axes]
        if any(k % 2 == 0 for k in extents):
            for sides in (tuple((k - 1) // 2 for k in extents), tuple(k // 2 for k in extents)):
                yield w.with_options(padding=tuple((p, p) for p in sides))
