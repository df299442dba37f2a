"""Off by one."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._rounding import added
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} receptive_field",
    N_("off by one"),
    N_("Try the formula on a picture as small as the window."),
    vague=True,
)
EXAMPLES = (Example("output_size", "conv", (130, 130, 3), {"filters": 10, "kernel": 3}, 129),)


def change(w: Working) -> Changed:
    if hasattr(w.layer, "windows"):
        for text in ("({}) + 1", "({}) - 1"):
            yield w.with_axes(tuple(added(t, text) for t in w.axes))
    if w.question.quantity == "receptive_field" and isinstance(right := w.question.value(), int):
        yield Given(right + 1, f"{right} + 1")
