"""1 per channel."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params",
    N_("1 per channel"),
    N_("List what batch norm keeps for each channel."),
    special=True,
)
EXAMPLES = (Example("params", "bn", (512,), {}, 512),)


def change(w: Working) -> Changed:
    if (
        "weights" in w.parts
        and "macs" not in w.layer.formulas()
        and "biases" in w.parts
        and not w.pools
        and "kernel" not in w.question.options
    ):
        yield w.with_parts({"weights": w.parts["weights"]})
