"""Channels become pixels and pixels channels: blocks of U×U pixels stand for U·U channels; no value changes.

Pitfall: the shape does not say in which order the channels are laid out, and the frameworks differ.
"""

from __future__ import annotations

from ..formula import Formula, Requires
from ..text import N_
from ._base import Layer, Option, Shape, Step

LARGER = Formula("N*U")
SMALLER = Formula("N // U")
THINNER = Formula("C_in // (U*U)")
DEEPER = Formula("C_in * U*U")
CHANNELS = Requires(
    Formula("C_in % (U*U) == 0"), "SC417", N_("{C_in} channels do not make blocks of {U}×{U} pixels"), "scale"
)
PIXELS = Requires(Formula("N % U == 0"), "SC418", N_("{N} pixels do not split into blocks of {U}"), "scale")
SCALE = Option("int", help=N_("U, the side of a block of pixels"))


class ToSpace(Layer):
    ranks = (3,)
    scale = SCALE

    def output(self) -> Shape:
        letters = {"C_in": self.x[-1], "U": self.scale}
        CHANNELS.check(letters)
        return (*(LARGER({"N": n, "U": self.scale}) for n in self.x[:-1]), THINNER(letters))

    def steps(self) -> tuple[Step, ...] | None:
        return () if self.scale == 1 else None
