"""One bias per output position."""

from __future__ import annotations

from ...layers._base import spatial, times
from ...text import N_
from ..working import Working
from ._bias import biased
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params biases",
    N_("one bias per output position"),
    N_("A filter is the same at every position. Is its bias?"),
)
EXAMPLES = (Example("params", "conv", (32, 32, 3), {"filters": 6, "kernel": 5}, 5154),)


def change(w: Working) -> Changed:
    if not biased(w) or not w.axes:
        return
    axes = spatial(len(w.layer.y))
    sizes = {f"M_{a}": n for a, n in zip(axes, w.layer.y)}
    for text in (f"{times('M', axes)} * C_out", times("M", axes)):
        term = w.parts["biases"].by(text)
        yield w.with_part("biases", term.put(**sizes, C_out=w.layer.y[-1]))
