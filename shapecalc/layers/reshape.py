"""Reshaping reads the same numbers under another shape; no value changes and none is added.

Pitfall: the numbers stay in the order in which they lie, so it is no transposition.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from ..formula import Formula, Requires
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Work, spatial, values_in

MESSAGE = N_("the input has {A_in} values, and the shape asked for has {A}")
ASKED = Formula("M")
EQUAL = Requires(Formula("A_in == A"), "SC410", MESSAGE, "shape")


class Reshape(Layer):
    view = True
    synonyms = ("unflatten", "变形", "重塑")

    wanted = Option("shape", name="shape", help=N_("the new shape, of as many values"))

    def output(self) -> Shape:
        wanted: Shape = self.wanted
        EQUAL.check({"A_in": prod(self.x), "A": prod(wanted)})
        return wanted

    def sizes(self) -> tuple[Work, ...]:
        axes = spatial(len(self.y)) + "C"
        return tuple(Work(f"output.{axis}", ASKED, {"M": m}) for axis, m in zip(axes, self.y))

    def steps(self) -> None:
        return None

    def notes(self) -> Mapping[str, str]:
        return {"params": _("The same {n} values under another shape.").format(n=values_in(self.x).value)}

    CASES = (
        Case("keras.io, Reshape((3, 4))", (12,), {"shape": (3, 4)}, (3, 4)),
        Case("keras.io, Reshape((-1, 2, 2)): -1 comes to 3", (12,), {"shape": (3, 2, 2)}, (3, 2, 2)),
        Case(
            "Dosovitskiy et al. 2020, arXiv:2010.11929: 196 patches",
            (14, 14, 768),
            {"shape": (196, 768)},
            (196, 768),
        ),
    )
