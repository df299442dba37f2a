"""What slice and split share: one axis is cut, and the others stay.

Pitfall: along a spatial axis the part has no receptive field, for it stays where it is when the picture grows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..formula import Formula
from ..text import N_, _
from ._base import UNCHANGED, Layer, Shape, Step, Work, spatial


class Cut(Layer):
    place: int
    rule: Formula
    """How long the part is."""
    part_letters: Mapping[str, Any]

    def output(self) -> Shape:
        return tuple(work.value for work in self.sizes())

    def sizes(self) -> tuple[Work, ...]:
        axes = enumerate(zip(spatial(len(self.x)) + "C", self.x))
        return tuple(
            Work(
                f"output.{axis}",
                *((self.rule, self.part_letters) if i == self.place else (UNCHANGED, {"N": n})),
            )
            for i, (axis, n) in axes
        )

    def notes(self) -> Mapping[str, str]:
        return {"params": _(NOTHING)}

    def steps(self) -> tuple[Step, ...] | None:
        return () if self.place == len(self.x) - 1 else None


NOTHING = N_("A part is kept as it is, and nothing is learned.")
