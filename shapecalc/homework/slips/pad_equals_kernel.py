"""Padding set to the kernel size."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import padded
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    2,
    f"{SPATIAL} padding",
    N_("padding set to the kernel size"),
    N_("How far does a filter reach over the edge when its centre is on the first pixel?"),
    habit=True,
)
EXAMPLES = (Example("padding", "conv", (63, 63, 16), {"filters": 32, "kernel": 7, "padding": 3}, 7),)


def _unsaid(w: Working) -> bool:
    """Whether the padding is left to whoever answers: `same` is not a number."""
    return isinstance(w.question.options.get("padding"), str)


def change(w: Working) -> Changed:
    if padded(w) and w.windowed and not w.pools and (_unsaid(w) or w.question.quantity == "padding"):
        yield w.with_options(padding=tuple((f, f) for f in w.question.options["kernel"]))
