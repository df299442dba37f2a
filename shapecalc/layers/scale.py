"""Scaling multiplies every value by one constant, as Inception-ResNet does before it adds a branch.

Pitfall: the factor is written down, not learned, so it is no parameter; it costs one multiplication a value.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..text import N_, _
from ._base import Case, Option
from ._pointwise import Pointwise


class Scale(Pointwise):
    synonyms = ("rescaling", "rescale", "scaling", "constant_mul", "缩放")
    kinds = "mul"

    factor = Option("float", low=0, help=N_("the constant"))

    def notes(self) -> Mapping[str, str]:
        return {"params": _("The factor is written down, not learned.")}

    CASES = (
        Case(
            "Szegedy et al. 2016, arXiv:1602.07261, section 3.3: factors of 0.1 to 0.3",
            (35, 35, 256),
            {"factor": 0.17},
            (35, 35, 256),
            {"ops.mul": 313_600, "weights": 0, "macs": 0},
        ),
    )
