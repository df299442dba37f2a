"""What the two products of attention share: two inputs, sequences, whose channels split into heads.

Pitfall: with fewer heads of keys and values than of queries (grouped queries, Ainslie et al. 2023) a head is used
several times; the products are as many as before, only the projections are smaller.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from ..errors import ShapeError
from ..formula import Formula, Requires
from ..text import N_, _
from ._base import Layer, Shape, written

SPLITS = Requires(
    Formula("C_in % G == 0"),
    "SC404",
    N_("{C_in} channels do not split into {G} heads"),
    None,
    N_("heads must divide {C_in}"),
)
SHARED = Requires(
    Formula("G % M == 0"),
    "SC404",
    N_("{G} heads do not form groups of {M}"),
    "share",
    N_("it must divide {G}"),
)


class Product(Layer):
    """A product of two inputs at R positions, each with J others; it sees all of them and learns nothing."""

    merges = True
    costs: ClassVar[Mapping[str, Formula]]

    def pair(self) -> tuple[Shape, Shape]:
        """The two inputs; raises ShapeError (SC419) where there are more or fewer."""
        if len(self.inputs) != 2:
            message = _("it joins two inputs, and there are {n}").format(n=len(self.inputs))
            raise ShapeError("SC419", message, None, f"from: [{', '.join(self.reads)}]")
        return self.inputs[0], self.inputs[1]

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, "R": self.x[0], "J": self.inputs[1][0]}

    def formulas(self) -> Mapping[str, Formula]:
        return self.costs

    def steps(self) -> None:
        return None


def sequence(x: Shape, input: int) -> None:
    """Demand positions × channels; raises ShapeError (SC407)."""
    if len(x) != 2:
        message = _("input {n} is {shape}, and positions × channels are needed")
        raise ShapeError(
            "SC407",
            message.format(n=input + 1, shape=written(x)),
            None,
            _("bring it to one of these with: - reshape"),
        )
