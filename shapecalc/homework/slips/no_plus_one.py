"""+1 forgotten."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._padding import changed_axes
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    6,
    f"{SPATIAL} receptive_field padding stride kernel",
    N_("+1 forgotten"),
    N_("Count the steps of the window, and then its positions: are they as many?"),
)
EXAMPLES = (
    Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2}, 29),
    Example(
        "receptive_field",
        "conv",
        (64, 64, 1),
        {"filters": 1, "kernel": 3},
        7,
        after=(
            ("conv", {"filters": 1, "kernel": 3}),
            ("maxpool", {"kernel": 2}),
        ),
    ),
)


def change(w: Working) -> Changed:
    for old, new in (("a_ // b_ + 1", "a_ // b_"), ("ceil_div(a_, b_) + 1", "ceil_div(a_, b_)")):
        if w.windowed and (changed := changed_axes(w, old, new)):
            yield changed
    if w.question.quantity == "receptive_field" and isinstance(right := w.question.value(), int):
        yield Given(right - 1, f"{right} − 1")
