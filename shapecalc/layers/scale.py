"""Scaling multiplies every value by one constant, as Inception-ResNet does before it adds a branch.

One multiplication a value. Pitfall: the factor is written down and no parameter, unless it is learned: then there is one
a channel, and `factor` is where they start (ConvNeXt's layer scale).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Option
from ._pointwise import Pointwise

CHANNELS = Formula("C_out")


class Scale(Pointwise):
    synonyms = ("rescaling", "rescale", "scaling", "constant_mul", "layer_scale", "缩放")
    kinds = "mul"

    factor = Option("float", 1.0, low=0, help=N_("the constant"))
    learned = Option("bool", False, help=N_("whether every channel learns a factor of its own"))

    def formulas(self) -> Mapping[str, Formula]:
        return {**super().formulas(), "weights": CHANNELS} if self.learned else super().formulas()

    def notes(self) -> Mapping[str, str]:
        return {} if self.learned else {"params": _("The factor is written down, not learned.")}

    CASES = (
        Case(
            "Szegedy et al. 2016, arXiv:1602.07261, section 3.3: factors of 0.1 to 0.3",
            (35, 35, 256),
            {"factor": 0.17},
            (35, 35, 256),
            {"ops.mul": 313_600, "weights": 0, "macs": 0},
        ),
        Case(
            "Touvron et al. 2021, arXiv:2103.17239, equation 8; torchvision ConvNeXt-T, layer_scale of 96",
            (56, 56, 96),
            {"learned": True},
            (56, 56, 96),
            {"ops.mul": 301_056, "weights": 96, "biases": 0, "macs": 0},
        ),
    )
