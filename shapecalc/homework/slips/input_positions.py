"""Input positions used for output positions."""

from __future__ import annotations

from math import prod

from ...layers._base import spatial
from ...text import N_
from ..parts import factor
from ..working import Given, Working
from ._slip import COST, Changed, Example, Slip

SLIP = Slip(
    COST,
    1,
    "activations memory macs flops connections",
    N_("input positions used for output positions"),
    N_("At how many places is a filter applied: those of the input or of the output?"),
    special=True,
)
EXAMPLES = (Example("macs", "conv", (32, 32, 3), {"filters": 8, "kernel": 3, "stride": 2}, 221184),)


def change(w: Working) -> Changed:
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
