"""Splitting cuts an axis into equal parts and keeps one of them: of the channels, unless another axis is named.

Parts count from 1; each is an entry of its own, `split: {parts: 2, part: 2, from: x}`. Pitfall: what the other parts hold
is lost unless an entry takes them, too; and parts are equal (`slice` cuts where you like).
"""

from __future__ import annotations

from ..formula import Formula, Requires
from ..text import N_
from ._base import Case, Option, Shape, axis_index
from ._cut import Cut

EACH = Formula("N // G")
EQUAL = Requires(
    Formula("N % G == 0"),
    "SC404",
    N_("{N} do not split into {G} equal parts"),
    "parts",
    N_("it must divide {N}"),
)
THERE = Requires(
    Formula("I <= G"), "SC420", N_("there is no part {I} of {G}"), "part", N_("parts count from 1 to {G}")
)


class Split(Cut):
    synonyms = ("chunk", "channel_split", "unbind", "拆分", "通道拆分")

    parts = Option("int", help=N_("how many equal parts there are"))
    part = Option("int", 1, help=N_("which of them is kept, counted from 1"))
    axis = Option("axis", "C", help=N_("the axis that is cut"))

    def output(self) -> Shape:
        self.place = axis_index(self.x, self.axis)
        v = {"N": self.x[self.place], "G": self.parts, "I": self.part}
        EQUAL.check(v)
        THERE.check(v)
        self.rule, self.part_letters = EACH, v
        return super().output()

    CASES = (
        Case(
            "Ma et al. 2018, arXiv:1807.11164, Figure 3(c): channel split",
            (28, 28, 116),
            {"parts": 2},
            (28, 28, 58),
            {"weights": 0, "macs": 0},
        ),
        Case("docs.pytorch.org, torch.chunk(torch.arange(12), 6)", (12,), {"parts": 6, "part": 6}, (2,)),
        Case("onnx.ai, Split of 6 rows into 3", (6, 4), {"parts": 3, "part": 2, "axis": "T"}, (2, 4)),
    )
