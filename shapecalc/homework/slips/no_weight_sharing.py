"""Filter weights multiplied by the output positions."""

from __future__ import annotations

from ...layers._base import spatial, times
from ...text import N_
from ..working import Working
from ._slip import FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    4,
    "params weights",
    N_("filter weights multiplied by the output positions"),
    N_("Does a filter get new weights when it moves?"),
)
EXAMPLES = (
    Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 352800),
    Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 357504),
)


def change(w: Working) -> Changed:
    if "kernel" not in w.question.options or "weights" not in w.parts:
        return
    axes = spatial(len(w.layer.y))
    sizes = {f"M_{a}": n for a, n in zip(axes, w.layer.y)}
    positions = times("M", axes)

    def spread(w: Working, part: str) -> Working:
        term = w.parts[part]
        return w.with_part(part, term.by(f"{positions} * {term.formula.text}").put(**sizes))

    alone = spread(w, "weights")
    if "biases" in w.parts:
        yield spread(alone, "biases")
    yield alone
    if "biases" in w.parts:
        yield alone.with_part("biases", None)
