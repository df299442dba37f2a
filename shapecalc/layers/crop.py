"""Cropping cuts pixels off the edges, as U-Net does before it joins a large map to a smaller one.

Pitfall: an odd difference cannot be cut evenly; name each side: [[top, bottom], [left, right]].
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula, Requires
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Step, Work, spatial

LEFT = Formula("N - P_b - P_a")
SOME = Requires(
    Formula("N - P_b - P_a >= 1"), "SC411", N_("cutting {P_b} + {P_a} off {N} leaves nothing"), "amount"
)


class Crop(Layer):
    synonyms = ("cropping", "center_crop", "裁剪")

    amount = Option("amount", low=0, help=N_("pixels to cut off before and after each axis"))

    def output(self) -> Shape:
        works = self.sizes()
        for work in works:
            SOME.check(work.letters)
        return tuple(work.value for work in works)

    def sizes(self) -> tuple[Work, ...]:
        axes = zip(spatial(len(self.x)) + "C", self.x, self.amount)
        return tuple(Work(f"output.{a}", LEFT, {"N": n, "P_b": p, "P_a": q}) for a, n, (p, q) in axes)

    def steps(self) -> tuple[Step, ...]:
        return tuple(Step(1, 1, -before) for before, _ in self.amount[:-1])

    def notes(self) -> Mapping[str, str]:
        return {"params": _("Values are cut off, and nothing is learned.")}

    CASES = (
        Case(
            "keras.io, Cropping2D(((2, 2), (4, 4)))", (28, 28, 3), {"amount": ((2, 2), (4, 4))}, (24, 20, 3)
        ),
        Case(
            "Ronneberger et al. 2015, arXiv:1505.04597, Fig. 1: 64×64 to 56×56",
            (64, 64, 512),
            {"amount": 4},
            (56, 56, 512),
        ),
    )
