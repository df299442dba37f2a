"""What the norms share: γ is a weight and β a bias, one of each a channel; all but batch norm measure as they run.

A row of N numbers is the mean (N − 1 add, 1 div), the deviations (N sub), their squares (N mul), the variance (N − 1
add, 1 div), ε (1 add), the root (1 sqrt), a division a number, then γ (N mul) and β (N add). Pitfall: what a row is
differs from norm to norm, γ and β are a number a channel in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _, ngettext
from ._base import Layer, Option, Shape, Work, positions

SCALE = Option("bool", True, help=N_("γ, a learned factor for each channel"))
SHIFT = Option("bool", True, help=N_("β, a learned number added to each channel"))
EPS = Option("float", 1e-5, low=0, help=N_("added under the root; changes no count"))


class Norm(Layer):
    centred = True
    scale: Any
    shift: Any

    def rows(self) -> tuple[Work, Work]:
        """How many rows R are measured, and how many numbers N each has."""
        raise NotImplementedError

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, **{work.key: work.value for work in self.rows()}}

    def needs(self, quantity: str) -> tuple[Work, ...]:
        return tuple(w for w in self.rows() if w.key in self.formulas()[quantity].letters)

    def formulas(self) -> Mapping[str, Formula]:
        return {**learned(self.scale, self.shift), **_measured(self.centred, self.scale, self.shift)}

    def notes(self) -> Mapping[str, str]:
        said = {
            "weights": _("γ, one learned factor a channel, not one a row."),
            "biases": _("β, one learned number a channel."),
            "params": _("It measures as it runs, so unlike batch norm it keeps no statistics."),
        }
        rows = self.rows()[0].value
        said["R"] = ngettext(
            "{n} row is measured by itself.", "{n} rows are measured, each by itself.", rows
        ).format(n=rows)
        return said


CHANNELS = Formula("C_in")


def per_position(x: Shape) -> tuple[Work, Work]:
    """A row for every position, as long as there are channels."""
    return positions("R", x), Work("N", CHANNELS, {"C_in": x[-1]})


@cache
def learned(scale: bool, shift: bool) -> Mapping[str, Formula]:
    """γ and β, where they are."""
    channels = Formula("C_out")
    return {**({"weights": channels} if scale else {}), **({"biases": channels} if shift else {})}


@cache
def _measured(centred: bool, scale: bool, shift: bool) -> Mapping[str, Formula]:
    sums = "R * (2*N - 1)" if centred else "R * N"
    texts = {
        "mul": "2 * A" if scale else "A",
        "add": f"{sums} + A" if shift else sums,
        "sub": "A" if centred else "0",
        "div": "R * (N + 2)" if centred else "R * (N + 1)",
        "sqrt": "R",
    }
    return {f"ops.{kind}": Formula(text) for kind, text in texts.items() if text != "0"}
