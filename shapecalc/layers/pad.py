"""Padding as a layer puts zeros around its input, or behind its channels.

Pitfall: from here on these zeros are data: products with them count in full, unlike those with a layer's own padding.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Step, Work, spatial

GROWN = Formula("N + P_b + P_a")


class Pad(Layer):
    synonyms = ("zeropad", "zero_padding", "padding", "constant_pad", "填充", "补零")

    amount = Option("amount", low=0, help=N_("zeros before and after each axis"))

    def output(self) -> Shape:
        return tuple(work.value for work in self.sizes())

    def sizes(self) -> tuple[Work, ...]:
        axes = zip(spatial(len(self.x)) + "C", self.x, self.amount)
        return tuple(Work(f"output.{a}", GROWN, {"N": n, "P_b": p, "P_a": q}) for a, n, (p, q) in axes)

    def steps(self) -> tuple[Step, ...]:
        return tuple(Step(1, 1, before) for before, _ in self.amount[:-1])

    def notes(self) -> Mapping[str, str]:
        return {
            "params": _(
                "Nothing is learned. From here on these zeros are data: products with them count in full."
            )
        }

    CASES = (
        Case(
            "Keras MobileNet, conv_pad_2",
            (112, 112, 64),
            {"amount": ((0, 1), (0, 1), (0, 0))},
            (113, 113, 64),
        ),
        Case("keras.io, ZeroPadding2D(padding=1)", (2, 2, 2), {"amount": 1}, (4, 4, 2)),
        Case(
            "He et al. 2015, arXiv:1512.03385, section 4.2: option A fills up the channels with zeros",
            (16, 16, 16),
            {"amount": {"C": (0, 16)}},
            (16, 16, 32),
        ),
    )
