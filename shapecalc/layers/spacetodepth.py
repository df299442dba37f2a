"""Space to depth stacks blocks of r×r pixels as r² channels: a map gets smaller and deeper, and nothing is lost.

Pitfall: height and width must be multiples of r; pad first where they are not.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..text import _
from ._base import Case, Layer, Shape, Step, Work
from ._blocks import DEEPER, PIXELS, SCALE, SMALLER, block_works


class SpaceToDepth(Layer):
    ranks = (3,)
    synonyms = ("pixel_unshuffle", "reorg", "focus", "s2d")

    scale = SCALE

    def output(self) -> Shape:
        works = self.sizes()
        for work in works[:-1]:
            PIXELS.check(work.letters)
        return tuple(work.value for work in works)

    def sizes(self) -> tuple[Work, ...]:
        return block_works(self.x, self.scale, SMALLER, DEEPER)

    def steps(self) -> tuple[Step, ...]:
        return (Step(self.scale, self.scale, 0),) * 2

    def notes(self) -> Mapping[str, str]:
        return {
            "output.C": _("A block of {U}·{U} pixels becomes as many channels, so no value is lost.").format(
                U=self.scale
            ),
            "params": _("Values change places: nothing is computed, and nothing is learned."),
        }

    CASES = (
        Case("tensorflow.org, tf.nn.space_to_depth", (4, 4, 1), {"scale": 2}, (2, 2, 4)),
        Case(
            "Redmon & Farhadi 2016, arXiv:1612.08242, section 2: passthrough",
            (26, 26, 512),
            {"scale": 2},
            (13, 13, 2048),
        ),
    )
