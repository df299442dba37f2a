"""Multiply-adds against operations."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._slip import COST, Changed, Example, Slip

SLIP = Slip(
    COST,
    1,
    "macs flops",
    N_("multiply-adds against operations"),
    N_("Is a multiply-add one operation or two in this sheet?"),
    special=True,
)
EXAMPLES = (Example("macs", "fc", (400,), {"units": 120}, 96000),)


def change(w: Working) -> Changed:
    right = w.answer()
    if isinstance(right, int) and right:
        if w.question.quantity == "macs" and w.question.conventions.cost != "flop":
            yield Given(2 * right, f"2·{w.show()}")
        else:
            yield Given(right // 2, w.parts["macs"].show())
