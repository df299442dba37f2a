"""Jump of earlier strides ignored."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._receptive import jumps, walked
from ._slip import CHAIN, Changed, Example, Slip

SLIP = Slip(
    CHAIN,
    2,
    "receptive_field",
    N_("jump of earlier strides ignored"),
    N_("How many pixels of the picture is one step in this layer?"),
    special=True,
)
EXAMPLES = (
    Example(
        "receptive_field",
        "conv",
        (64, 64, 1),
        {"filters": 1, "kernel": 3},
        6,
        after=(
            ("conv", {"filters": 1, "kernel": 3}),
            ("maxpool", {"kernel": 2}),
        ),
    ),
)


def change(w: Working) -> Changed:
    yield w.with_fields(lambda t: (t[0], *(term.by("K - 1") for term in t[1:])))
    yield w.with_fields(lambda t: jumps(t, [1, *(s for _, s in walked(t))]))
