"""Twice the multiplications."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._slip import COST, Changed, Example, Slip

SLIP = Slip(
    COST,
    1,
    "macs flops connections",
    N_("twice the multiplications"),
    N_("Where does the factor of two come from?"),
)
EXAMPLES = (Example("macs", "fc", (400,), {"units": 120}, 96000),)


def change(w: Working) -> Changed:
    right = w.answer()
    if isinstance(right, int):
        yield Given(2 * right, f"2·({w.show()})")
