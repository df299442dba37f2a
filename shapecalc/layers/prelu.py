"""PReLU is a leaky ReLU that learns its slope, one a channel: x if x > 0, else a · x.

Counted: one comparison and one multiplication a value, both branches. Pitfall: the slopes are weights; He's are one a
channel (PyTorch's default is a single one: `shared: true`; Keras's is one a value).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Option
from ._pointwise import Pointwise

CHANNELS = Formula("C_out")
ONE = Formula("1")


class Prelu(Pointwise):
    synonyms = ("parametric_relu", "参数化修正线性单元")
    kinds = "cmp mul"

    shared = Option("bool", False, help=N_("one slope for all channels"))

    def formulas(self) -> Mapping[str, Formula]:
        return {"weights": ONE if self.shared else CHANNELS, **super().formulas()}

    def notes(self) -> Mapping[str, str]:
        text = _("One slope for all channels.") if self.shared else _("One learned slope a channel.")
        return {"weights": text}

    CASES = (
        Case(
            "He et al. 2015, arXiv:1502.01852, section 2.1: channel-wise",
            (112, 112, 64),
            {},
            (112, 112, 64),
            {"weights": 64, "biases": 0, "ops.cmp": 802_816, "ops.mul": 802_816},
        ),
        Case(
            "He et al. 2015, section 2.1: channel-shared",
            (112, 112, 64),
            {"shared": True},
            (112, 112, 64),
            {"weights": 1},
        ),
    )
