"""Formula applied without the +s or the +1."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import changed_axes
from ._shape_rule import PLUS_ONE, by
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("formula applied without the +s or the +1"),
    N_("Write the size formula down once more and compare term by term."),
    vague=True,
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, 60),)


def change(w: Working) -> Changed:
    if w.transposed:
        for old, new in (
            ("(N - 1) * S", "N * S"),
            ("a_ + O", "a_"),
            ("(N - 1) * S + b_", "(N - 1) * S + b_ + 1"),
        ):
            if changed := changed_axes(w, old, new):
                yield changed
        if all("P" in t.letters for t in w.axes):
            yield from by(w, "(N + 2*P - F) // S + 1", "(N - F) // S + 1")
    elif w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        for new in ("(a_ + 1) // b_", "a_ // b_", "a_", "a_ + 1"):
            if changed := changed_axes(w, PLUS_ONE, new):
                yield changed
