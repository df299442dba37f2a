"""Channels become pixels and pixels channels: blocks of U×U pixels stand for U·U channels; no value changes.

Pitfall: the shape does not say in which order the channels are laid out, and the frameworks differ.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula, Requires
from ..text import N_, _
from ._base import Layer, Option, Shape, Step, Work, spatial

LARGER = Formula("N*U")
SMALLER = Formula("N // U")
THINNER = Formula("C_in // (U*U)")
DEEPER = Formula("C_in * U*U")
CHANNELS = Requires(
    Formula("C_in % (U*U) == 0"), "SC417", N_("{C_in} channels do not make blocks of {U}×{U} pixels"), "scale"
)
PIXELS = Requires(Formula("N % U == 0"), "SC418", N_("{N} pixels do not split into blocks of {U}"), "scale")
SCALE = Option("int", help=N_("U, the side of a block of pixels"))


def block_works(x: Shape, scale: int, size: Formula, channels: Formula) -> tuple[Work, ...]:
    """Height, width and channels by these rules."""
    axes = zip(spatial(len(x)), x)
    letters = {"C_in": x[-1], "U": scale}
    works = tuple(Work(f"output.{axis}", size, {"N": n, "U": scale}) for axis, n in axes)
    return (*works, Work("output.C", channels, letters))


class ToSpace(Layer):
    ranks = (3,)
    scale = SCALE

    def output(self) -> Shape:
        works = self.sizes()
        CHANNELS.check(works[-1].letters)
        return tuple(work.value for work in works)

    def sizes(self) -> tuple[Work, ...]:
        return block_works(self.x, self.scale, LARGER, THINNER)

    def notes(self) -> Mapping[str, str]:
        return {
            "output.C": _("{U}·{U} channels become one block of pixels, so no value is lost.").format(
                U=self.scale
            ),
            "params": _("Values change places: nothing is computed, and nothing is learned."),
        }

    def steps(self) -> tuple[Step, ...] | None:
        return () if self.scale == 1 else None
