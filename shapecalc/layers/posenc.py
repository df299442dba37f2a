"""A position encoding adds a vector to every position, so that the order of a sequence is not lost.

Pitfall: the waves of the paper are constants, worked out beforehand: no parameters and one addition a value; learned
positions are weights, one vector for each of the T positions at hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option

EACH = Formula("A")


class Posenc(Layer):
    ranks = (2,)
    synonyms = (
        "positional_encoding",
        "position_encoding",
        "position_embedding",
        "pos_embed",
        "位置编码",
        "位置嵌入",
    )

    learned = Option("bool", False, help=N_("whether the vectors are learned"))

    def formulas(self) -> Mapping[str, Formula]:
        return {"weights": EACH, "ops.add": EACH} if self.learned else {"ops.add": EACH}

    def notes(self) -> Mapping[str, str]:
        learned = _("One learned vector for each position.")
        fixed = _("The waves are worked out beforehand, not learned.")
        return {"weights": learned} if self.learned else {"params": fixed}

    CASES = (
        Case(
            "Vaswani et al. 2017, arXiv:1706.03762, section 3.5",
            (128, 512),
            {},
            (128, 512),
            {"weights": 0, "buffers": 0, "ops.add": 65_536},
        ),
        Case(
            "torchvision ViT-B/16, encoder.pos_embedding: 197 × 768",
            (197, 768),
            {"learned": True},
            (197, 768),
            {"weights": 151_296, "biases": 0, "macs": 0},
        ),
    )
