"""No usual rule gives the size."""

from __future__ import annotations

from ...text import N_
from ._slip import NUMBERS, SIZE, Slip

SLIP = Slip(
    SIZE,
    2,
    NUMBERS,
    N_("no usual rule gives the size"),
    N_("Work height and width out again, step by step."),
)
