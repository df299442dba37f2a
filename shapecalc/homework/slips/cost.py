"""Slips over costs: operations for multiply-adds, the positions of the input for those of the output.

Pitfall: a factor of two is right under another convention, so it is named and not called wrong.
"""

from __future__ import annotations

from math import prod

from ...layers._base import spatial
from ...text import N_
from ..parts import factor
from ..working import Given, Working
from ._slip import COST, Changed, slip

COSTS = "macs flops"


@slip(1, COST, COSTS, N_("multiply-adds against operations"), "MAC 与 FLOP 混用(差 2 倍)", special=True)
def mac_vs_flop(w: Working) -> Changed:
    right = w.answer()
    if isinstance(right, int) and right:
        if w.question.quantity == "macs" and w.question.conventions.cost != "flop":
            yield Given(2 * right, f"2·{w.show()}")
        else:
            yield Given(right // 2, w.parts["macs"].show())


@slip(1, COST, f"{COSTS} connections", N_("twice the multiplications"), "多乘了 2")
def factor_two(w: Working) -> Changed:
    right = w.answer()
    if isinstance(right, int):
        yield Given(2 * right, f"2·({w.show()})")


@slip(1, COST, f"{COSTS} connections activations memory",
      N_("input positions used for output positions"), "用了输入位置数", special=True)  # fmt: skip
def input_positions(w: Working) -> Changed:
    x, y = w.layer.x, w.layer.y
    if not hasattr(w.layer, "windows") or len(x) != len(y):
        return
    if w.question.quantity in ("activations", "memory"):
        each = factor(w.question.quantity, w.question.conventions)
        yield Given(each * prod(x[:-1]) * y[-1])
        return
    sizes = {f"M_{a}": n for a, n in zip(spatial(len(x)), x)}
    sizes |= {f"N_{a}": n for a, n in zip(spatial(len(x)), y)}
    yield w.with_parts({p: t.put(**sizes) for p, t in w.parts.items()})
