"""What the activations share: one value in, one value out, nothing learned, so much work a value and kind.

Pitfall: a piecewise activation counts both branches for every value, for that is what array programs run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from ..formula import Formula
from ..text import _
from ._base import Layer


class Pointwise(Layer):
    kinds: ClassVar[str] = ""
    """The operations that one value takes: "div erf add mul mul"."""

    def formulas(self) -> Mapping[str, Formula]:
        return _table(self.kinds)

    def notes(self) -> Mapping[str, str]:
        return {
            "params": _(
                "An activation is a fixed function of one value: it learns nothing and keeps the shape."
            )
        }


@cache
def _table(kinds: str) -> Mapping[str, Formula]:
    each = Counter(kinds.split())
    return {f"ops.{kind}": Formula("A" if n == 1 else f"{n} * A") for kind, n in each.items()}
