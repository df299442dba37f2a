"""Slicing keeps a stretch of one axis: of the channels, unless another is named; `slice: 64` keeps the first 64.

Positions count from 0 and `stop` is the first one left out, as in Python; a negative one counts from the end, so
`slice: {axis: T, start: -1}` is a sequence's last position. Pitfall: nothing is clipped, a stop beyond the end is refused;
and along a spatial axis the part has no receptive field, for it stays where it is when the picture grows (`crop` moves).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..formula import Formula, Requires
from ..text import N_
from ._base import Case, Option, Shape, axis_index
from ._cut import Cut

INDEX = Formula("I if I >= 0 else N + I")
KEPT = Formula("ceil_div(I_a - I_b, S)")
REFUSED = N_("positions {I_b} to {I_a} are not a part of {N}")
FIRST = Requires(
    Formula("I_b >= 0"),
    "SC420",
    REFUSED,
    "start",
    N_("positions count from 0, or from the end: −1 is the last"),
)
SOME = Requires(Formula("I_b < I_a"), "SC420", REFUSED, "stop", N_("stop is the first position left out"))
LAST = Requires(Formula("I_a <= N"), "SC420", REFUSED, "stop", N_("leave stop out to go on to the end"))
LOW = -(10**18)


class Slice(Cut):
    synonyms = ("narrow", "select", "切片", "截取")

    stop = Option("int", None, low=LOW, help=N_("the first position left out; the end of the axis"))
    start = Option("int", 0, low=LOW, help=N_("the first position kept"))
    step = Option("int", 1, help=N_("keep every so many-th"))
    axis = Option("axis", "C", help=N_("the axis that is cut"))

    def output(self) -> Shape:
        self.place = axis_index(self.x, self.axis)
        n = self.x[self.place]
        stop = n if self.stop is None else INDEX({"I": self.stop, "N": n})
        v = {"N": n, "S": self.step, "I_b": INDEX({"I": self.start, "N": n}), "I_a": stop}
        for requirement in (FIRST, LAST, SOME):
            requirement.check(v)
        self.rule, self.part_letters = KEPT, v
        self.kept = {"start": v["I_b"], "stop": v["I_a"]}
        return super().output()

    def resolved(self) -> Mapping[str, Any]:
        return {**self.options, **self.kept}

    CASES = (
        Case(
            "docs.pytorch.org, torch.narrow(x, 1, 1, 2)", (3, 3), {"axis": "C", "start": 1, "stop": 3}, (3, 2)
        ),
        Case(
            "keras.io, LSTM(4) without return_sequences: the last of 10",
            (10, 4),
            {"axis": "T", "start": -1},
            (1, 4),
        ),
        Case("onnx.ai, Slice: data[0:3, 0:10]", (20, 10, 5), {"axis": "H", "stop": 3}, (3, 10, 5)),
        Case("onnx.ai, Slice: starts 1, ends −1", (20, 1000), {"start": 1, "stop": -1}, (20, 998)),
        Case("numpy.org, basic slicing: x[1:7:2] of 10", (10,), {"start": 1, "stop": 7, "step": 2}, (3,)),
    )
