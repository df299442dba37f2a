"""Permuting puts the axes into another order: [W, H, C] swaps height and width; no value changes.

Pitfall: afterwards the letters stand for places again: the first axis of a map is called H, whatever it was before.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ShapeError
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Work, axis_index, product, spatial


class Permute(Layer):
    synonyms = ("transpose", "swapaxes", "movedim", "moveaxis", "转置", "置换")

    order = Option("order", help=N_("the input's axes in their new order"))

    def sizes(self) -> tuple[Work, ...]:
        old, new = spatial(len(self.x)) + "C", spatial(len(self.y)) + "C"
        sizes = {f"N_{axis}": n for axis, n in zip(old, self.x)}
        places = (old[axis_index(self.x, axis)] for axis in self.order)
        return tuple(Work(f"output.{axis}", product("N", place), sizes) for axis, place in zip(new, places))

    def output(self) -> Shape:
        places = [axis_index(self.x, axis, "order") for axis in self.order]
        if sorted(places) != list(range(len(self.x))):
            help = _("its axes are {names}").format(names=" ".join(spatial(len(self.x)) + "C"))
            raise ShapeError("SC412", _("the order must name every axis of the input once"), "order", help)
        return tuple(self.x[p] for p in places)

    def steps(self) -> None:
        return None

    def notes(self) -> Mapping[str, str]:
        return {"params": _("Axes change places: no value changes, and nothing is learned.")}

    CASES = (
        Case("keras.io, Permute((2, 1))", (10, 64), {"order": ("C", "T")}, (64, 10)),
        Case(
            "docs.pytorch.org, torch.permute(x, (2, 0, 1))", (2, 3, 5), {"order": ("C", "H", "W")}, (5, 2, 3)
        ),
    )
