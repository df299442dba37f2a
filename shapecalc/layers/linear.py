"""A linear layer weighs the last axis only, with the same weights at every position: T×C becomes T×units.

With `tied: true` its weights are another layer's, as the last layer of a language model reads the embedding's table, and
they are counted there. Pitfall: it does not flatten. On a map of 7×7×512 it is a 1×1 convolution; `fc` sees the whole map.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _
from . import _dense
from ._base import Case, Layer, Option, Shape, Work, positions

BORROWED = {"weights": "borrowed"}


class Linear(Layer):
    synonyms = ("time_distributed", "projection", "einsum_dense", "matmul", "线性")

    channels = Formula("C_out")

    units = Option("int", help=N_("number of outputs at each position"))
    bias = Option("bool", True, help=N_("one learned number a unit, added at every position"))

    tied = Option("bool", False, help=N_("whether its weights are another layer's, and counted there"))

    def output(self) -> Shape:
        return (*self.x[:-1], self.units)

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {"C_in": self.x[-1], "C_out": self.units, "R": positions("R", self.x).value}

    def needs(self, quantity: str) -> tuple[Work, ...]:
        return (positions("R", self.x),) if "R" in self.formulas()[quantity].letters else ()

    def formulas(self) -> Mapping[str, Formula]:
        table = _dense.table(len(self.x) > 1, self.bias)
        return {BORROWED.get(q, q): formula for q, formula in table.items()} if self.tied else table

    def notes(self) -> Mapping[str, str]:
        text = _(
            "The same {n} by {units} weights at every position, however many there are; only the last axis is weighed."
        )
        return {"weights": text.format(n=self.x[-1], units=self.units)}

    CASES = (
        Case(
            "the same layers in every tool: Linear 512→10 on [100, 512]",
            (100, 512),
            {"units": 10},
            (100, 10),
            {"weights": 5_120, "biases": 10, "macs": 512_000, "macs_on_data": 512_000, "ops.add": 512_000},
        ),
        Case(
            "torchvision ViT-B/16, encoder_layer_0.mlp.0: 2,362,368 parameters",
            (197, 768),
            {"units": 3072},
            (197, 3072),
            {"weights": 2_359_296, "biases": 3_072, "macs": 464_781_312},
        ),
        Case(
            "GPT-2 small: lm_head reads wte, so that 124,439,808 parameters are all there are",
            (128, 768),
            {"units": 50257, "bias": False, "tied": True},
            (128, 50257),
            {"weights": 0, "biases": 0, "macs": 4_940_464_128},
        ),
    )
