"""What the adaptive pools share: the output's size is given, and the windows are cut to fit.

Window i covers the pixels ⌊i·N/M⌋ up to ⌈(i+1)·N/M⌉ (PyTorch's rule). Pitfall: where M does not divide N the windows
differ in size and overlap, so their costs are sums and no product; along an axis the sum is the letter L.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, ClassVar

from ..formula import Formula
from ..symbolic import Symbolic, known
from ..text import N_, _
from ._base import Layer, Option, Shape, Step, Work, number_only, spatial, times

ASKED = Formula("M")
COVERED = Formula("sum(ceil_div((i + 1)*N, M) - i*N // M for i in range(M))")


class AdaptivePool(Layer):
    ranks = (2, 3, 4)
    kinds: ClassVar[tuple[str, ...]] = ()
    """Kinds of operation: the first joins a window's values, the second is done once a window."""

    size = Option("size", help=N_("size of the output; 1 keeps a map of 1×1"))

    def output(self) -> Shape:
        number_only("size", self.size)
        return (*self.size, self.x[-1])

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        windows = {f"L_{work.key[-1]}": work.value for work in self.covered()}
        return {**super().letters, **windows}

    def covered(self) -> tuple[Work, ...]:
        """How many pixels all windows cover together, an axis each."""
        sizes = zip(spatial(len(self.x)), self.x, self.size)
        return tuple(Work(f"covered.{axis}", COVERED, {"N": n, "M": m}) for axis, n, m in sizes)

    def needs(self, quantity: str) -> tuple[Work, ...]:
        return self.covered() if "C_out" in self.formulas()[quantity].letters else ()

    def sizes(self) -> tuple[Work, ...]:
        axes = zip(spatial(len(self.x)), self.size)
        return (*(Work(f"output.{a}", ASKED, {"M": m}) for a, m in axes), *super().sizes()[-1:])

    def formulas(self) -> Mapping[str, Formula]:
        return _table(self.kinds, spatial(len(self.x)))

    def notes(self) -> Mapping[str, str]:
        said = {
            "output.C": _("Every channel is pooled by itself, so there are as many as before."),
            "params": _("A pool has no weights."),
        }
        for axis, n, m in zip(spatial(len(self.x)), self.x, self.size):
            text = _(
                "The size is asked for, and the windows are cut to fit: window i covers the pixels from ⌊i·{n} / {m}⌋ to ⌈(i + 1)·{n} / {m}⌉."
            )
            said[f"output.{axis}"] = text.format(n=n, m=m)
        return said

    def steps(self) -> tuple[Step, ...] | None:
        """Honest where all windows are certainly alike; None where one sees everything, or where they may differ."""
        pairs = tuple(zip(self.x, self.size))
        if not all(self.alike(n, m) for n, m in pairs) or all(m == 1 for _, m in pairs):
            return None
        return tuple(Step(n // m, n // m, 0) for n, m in pairs)

    @staticmethod
    def alike(n: Any, m: int) -> bool:
        """Whether the windows along an axis are of one size; a letter's must divide for certain."""
        rest = n % m
        return known(rest.equals(0)) if isinstance(rest, Symbolic) else not rest


@cache
def _table(kinds: tuple[str, ...], axes: str) -> Mapping[str, Formula]:
    texts = (f"C_out * {times('L', axes)} - A", "A")
    return {f"ops.{kind}": Formula(text) for kind, text in zip(kinds, texts)}
