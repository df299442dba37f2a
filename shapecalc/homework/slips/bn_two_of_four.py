"""2 per channel where the summary counts 4."""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import BIAS, Changed, Example, Slip

SLIP = Slip(
    BIAS,
    1,
    "params",
    N_("2 per channel where the summary counts 4"),
    N_("Batch norm keeps more than γ and β. Does this sheet count it?"),
    special=True,
)
EXAMPLES = (Example("params", "bn", (512,), {}, 1024, conventions={"bn": 4}),)


def change(w: Working) -> Changed:
    if "buffers" in w.parts:
        yield w.with_part("buffers", None)
