"""Layers walked in the wrong order."""

from __future__ import annotations

from itertools import accumulate

from ...text import N_
from ..working import Working, recursion
from ._receptive import jumps, walked
from ._slip import CHAIN, Changed, Example, Slip

SLIP = Slip(
    CHAIN,
    1,
    "receptive_field",
    N_("layers walked in the wrong order"),
    N_("Which strides lie before a layer, and which behind it?"),
    special=True,
)
EXAMPLES = (
    Example(
        "receptive_field",
        "conv",
        (64, 64, 1),
        {"filters": 1, "kernel": 3},
        8,
        after=(
            ("conv", {"filters": 1, "kernel": 3, "stride": 2}),
            ("relu", {}),
            ("bn", {}),
            ("maxpool", {"kernel": 2}),
        ),
    ),
)


def change(w: Working) -> Changed:
    yield w.with_fields(lambda t: recursion(reversed(walked(t))))
    yield w.with_fields(lambda t: jumps(t, accumulate((s for _, s in walked(t)), int.__mul__)))
