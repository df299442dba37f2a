"""Size kept where padding is valid."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import KEPT, SHRUNK, padded, strides
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    5,
    SPATIAL,
    N_("size kept where padding is valid"),
    N_("Is the size kept in this layer? Look at the padding."),
)
EXAMPLES = (Example("output_shape", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, (32, 32, 6)),)


def kept(w: Working) -> bool:
    """Whether the size is kept, but for the stride."""
    return all(t.value() == t.by(SHRUNK[0]).value() for t in w.axes)


def change(w: Working) -> Changed:
    if not w.windowed or (w.pools and not padded(w) and all(s != 1 for s in strides(w))):
        return
    if not kept(w):
        yield w.with_axes(tuple(t.by(SHRUNK[0]) for t in w.axes))
        if any(s != 1 for s in strides(w)):
            yield w.with_axes(tuple(t.by(KEPT) for t in w.axes))
