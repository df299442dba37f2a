"""What the global pools share: one number for every channel, whatever the size of the map.

Pitfall: the result is a vector [C], not a map of 1×1×C; an adaptive pool to 1 keeps the map.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import _
from ._base import Layer, Shape, Work, values_in

OTHERS = Formula("A_in - A")
EACH = Formula("A")


class GlobalPool(Layer):
    ranks = (2, 3, 4)

    def output(self) -> Shape:
        return self.x[-1:]

    def needs(self, quantity: str) -> tuple[Work, ...]:
        return (values_in(self.x),) if "A_in" in self.formulas()[quantity].letters else ()

    def formulas(self) -> Mapping[str, Formula]:
        return {"ops.max": OTHERS}

    def notes(self) -> Mapping[str, str]:
        return {
            "output.V": _(
                "One number for each map, whatever its size, so the next layer's weights do not depend on it."
            ),
            "params": _("A global pool has no weights: a mean or a largest value needs nothing learned."),
        }

    def steps(self) -> None:
        return None
