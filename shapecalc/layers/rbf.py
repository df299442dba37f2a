"""LeCun's output layer measures how far its input is from a drawing of each digit: Σ (x − w)², one sum a class.

Pitfall: in LeNet-5 the drawings were set by hand, so they are buffers and no parameters. A map is flattened first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import prod
from typing import Any

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape

PAIRS = Formula("C_in * C_out")
TABLE = {
    "buffers": PAIRS,
    "connections": PAIRS,
    "ops.sub": PAIRS,
    "ops.mul": PAIRS,
    "ops.add": Formula("(C_in - 1) * C_out"),
}


class Rbf(Layer):
    synonyms = ("radial_basis", "euclidean_rbf", "径向基")

    units = Option("int", help=N_("number of classes, each with a centre"))

    channels = Formula("C_out")

    def output(self) -> Shape:
        return (self.units,)

    @classmethod
    def before(cls, x: Shape) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        return (("flatten", {}),) if len(x) > 1 else ()

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {"C_in": prod(self.x), "C_out": self.units}

    def formulas(self) -> Mapping[str, Formula]:
        return TABLE

    def steps(self) -> None:
        return None

    def notes(self) -> Mapping[str, str]:
        return {
            "buffers": _("LeCun set these {n} numbers by hand, so they are no parameters.").format(
                n=self.count("buffers")
            )
        }

    CASES = (
        Case(
            "LeCun et al. 1998, section II.B: the output layer, 84 inputs a class",
            (84,),
            {"units": 10},
            (10,),
            {
                "weights": 0,
                "buffers": 840,
                "connections": 840,
                "ops.sub": 840,
                "ops.mul": 840,
                "ops.add": 830,
            },
        ),
    )
