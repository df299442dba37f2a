"""Full convolution formula for stride 1 used with a stride."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import strides
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    SPATIAL,
    N_("full convolution formula for stride 1 used with a stride"),
    N_("For which stride does the formula hold that was used here?"),
)
EXAMPLES = (
    Example("output_size", "conv", (64, 64, 3), {"filters": 1, "kernel": 5, "stride": 2, "padding": 4}, 68),
)


def change(w: Working) -> Changed:
    if not any(s != 1 for s in strides(w)) or "kernel" not in w.question.options or w.pools:
        return
    for text in ("N + K - 1", "N + K - 1 - 2*P", "(N + K - 2) // S + 1"):
        axes = tuple(t.put(**{"P": 0, **t.letters}).by(text) for t in w.axes)
        yield w.with_axes(axes)
