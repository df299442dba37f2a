"""Right step on a wrong earlier value."""

from __future__ import annotations

from ...text import N_
from ._slip import CHAIN, NUMBERS, Example, Slip

SLIP = Slip(
    CHAIN,
    7,
    NUMBERS,
    N_("right step on a wrong earlier value"),
    N_("This step looks right. Check the row it starts from."),
)
EXAMPLES = (
    Example("params", "fc", (32, 32, 3), {"units": 120}, 69_240,
        after=(("conv", {"filters": 6, "kernel": 5}), ("maxpool", {"kernel": 2}), ("conv", {"filters": 16, "kernel": 5}),
               ("maxpool", {"kernel": 2}))),
)  # fmt: skip
