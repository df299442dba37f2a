"""Size shrunk where padding is given."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import padded
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    3,
    SPATIAL,
    N_("size shrunk where padding is given"),
    N_("Does the padding make up for what the kernel takes away?"),
)
EXAMPLES = (
    Example("output_shape", "conv", (28, 28, 3), {"filters": 8, "kernel": 3, "padding": 1}, (26, 26, 8)),
)


def change(w: Working) -> Changed:
    if w.windowed and (padded(w) or w.question.options.get("padding") in ("same", "same_lower")):
        yield w.with_options(padding="valid")
