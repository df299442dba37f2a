"""Another stride used."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._padding import padded
from ._slip import SIZE, SPATIAL, Changed, Example, Slip

SLIP = Slip(
    SIZE,
    1,
    f"{SPATIAL} stride",
    N_("another stride used"),
    N_("What is the stride of this layer?"),
)
EXAMPLES = (Example("output_size", "conv", (64, 64, 1), {"filters": 1, "kernel": 3}, 31),)


def change(w: Working) -> Changed:
    if not hasattr(w.layer, "windows"):
        return
    own = tuple(t.letters.get("S", 1) for t in w.axes)
    kernel = tuple(w.question.options["kernel"])
    others = [(1,) * len(own), (2,) * len(own), *([kernel] if w.pools else [])]
    for stride in dict.fromkeys(others):
        if stride == own:
            continue
        yield w.with_options(stride=stride)
        if padded(w) and stride != (1,) * len(own):  # a stride is mostly met without padding
            yield w.with_options(stride=stride, padding="valid")
