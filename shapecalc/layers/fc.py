"""A fully connected layer weighs every input for every output; a map is flattened first, as a row of its own.

Pitfall: its biases are one a unit, not one a layer, and its weights grow with the map it is given: 7·7·512·4096.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import prod
from typing import Any

from ..formula import Formula
from ..text import N_, _
from . import _dense
from ._base import Case, Layer, Option, Shape


class Fc(Layer):
    synonyms = (
        "dense",
        "fully_connected",
        "full_connection",
        "inner_product",
        "gemm",
        "全连接",
        "全连接层",
        "线性层",
    )

    units = Option("int", help=N_("number of outputs"))
    bias = Option("bool", True, help=N_("one learned number a unit"))

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
        return _dense.table(False, self.bias)

    def steps(self) -> None:
        return None

    def notes(self) -> Mapping[str, str]:
        text = _("Each of the {units} units weighs all {inputs} inputs.").format(
            units=self.units, inputs=self.letters["C_in"]
        )
        bias = _("One number a unit, not one a layer.") if self.bias else ""
        return {
            "weights": text,
            "biases": bias,
            "macs": _("Every weight is used once, so there are as many MACs as weights."),
        }

    CASES = (
        Case(
            "Simonyan & Zisserman 2014, arXiv:1409.1556; torchvision VGG-16, classifier.0: 102,764,544 parameters",
            (7, 7, 512),
            {"units": 4096},
            (4096,),
            {"weights": 102_760_448, "biases": 4_096, "macs": 102_760_448},
        ),
        Case(
            "LeCun et al. 1998, section II.B: F6 has 10,164 trainable connections",
            (120,),
            {"units": 84},
            (84,),
            {"weights": 10_080, "biases": 84, "connections": 10_164, "ops.mul": 10_080, "ops.add": 10_080},
        ),
        Case(
            "PyTorch, Linear(5, 3, bias=False)",
            (5,),
            {"units": 3, "bias": False},
            (3,),
            {"biases": 0, "ops.add": 12},
        ),
    )
