"""What convolution and depthwise convolution share: one table of costs, for any number of axes.

Pitfall: which maps meet which is the only difference between them; `pairs` says it, and everything else is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from ..errors import ShapeError
from ..formula import Formula, Requires
from ..text import N_, _
from . import _window
from ._base import Layer, Step, Work, spatial, times

INPUT_SPLITS = Requires(
    Formula("C_in % G == 0"),
    "SC404",
    N_("{C_in} input channels do not split into {G} groups"),
    "groups",
    N_("groups must divide {C_in}"),
)
FILTERS_SPLIT = Requires(
    Formula("C_out % G == 0"),
    "SC404",
    N_("{C_out} filters do not split into {G} groups"),
    "filters",
    N_("take a multiple of {G}"),
)


class Convolution(Layer):
    ranks = (2, 3, 4)
    short = _window.SHORT
    windows: tuple[_window.Window, ...]
    bias: Any
    padding: Any

    def pairs(self) -> str:
        """Connected pairs of input and output maps, as formula text."""
        return "C_in * C_out"

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        letters = _window.axis_letters(self.x, self.windows, "FM")
        return {**letters, "C_in": self.x[-1], "C_out": self.y[-1]}

    def letters_of(self, quantity: str) -> Mapping[str, Any]:
        live = quantity == "macs_on_data"
        return {**self.letters, **_window.axis_letters(self.x, self.windows, "L")} if live else self.letters

    channels = Formula("C_out")

    def needs(self, quantity: str) -> tuple[Work, ...]:
        if quantity != "macs_on_data":
            return ()
        axes = zip(spatial(len(self.x)), self.windows)
        return tuple(work for axis, window in axes for work in window.live_works(axis))

    def formulas(self) -> Mapping[str, Formula]:
        return table(spatial(len(self.x)), self.pairs(), self.bias)

    def steps(self) -> tuple[Step, ...] | None:
        return tuple(w.step for w in self.windows)

    def notes(self) -> Mapping[str, str]:
        from ._why_conv import convolution

        return convolution(self)

    def resolved(self) -> Mapping[str, Any]:
        return {**self.options, "padding": tuple(w.padding for w in self.windows)}

    def warnings(self) -> tuple[tuple[str, str, str | None], ...]:
        uneven = any(w.padding[0] != w.padding[1] and w.letters["K"] % 2 == 0 for w in self.windows)
        if self.padding not in ("same", "same_lower") or not uneven:
            return ()
        message = _("same padding of an even kernel is uneven: one zero more on one side than on the other")
        return (("W401", message, "kernel"),)


def check_connections(rows: Sequence[Sequence[int]], maps: int, filters: int, groups: int) -> None:
    """Demand that a partial table has one row a filter and names the input's `maps` only; raises ShapeError (SC405)."""
    if len(rows) != filters or groups != 1:
        message = _("the table has {n} rows for {filters} filters").format(n=len(rows), filters=filters)
        raise ShapeError("SC405", message, "connections", _("one list of input maps a filter, and no groups"))
    if any(not row or len(set(row)) < len(row) or max(row) >= maps for row in rows):
        message = _("the input has the maps 0 to {last}").format(last=maps - 1)
        help = _("name each map once, counted from 0, and at least one a filter")
        raise ShapeError("SC405", message, "connections", help)


@cache
def table(axes: str, pairs: str, bias: bool) -> Mapping[str, Formula]:
    """What it costs to connect `pairs` of maps by a window over these axes."""
    out = times("M", axes)
    taps = f"{times('F', axes)} * {pairs}"
    texts = {
        "weights": taps,
        "macs": f"{out} * {taps}",
        "macs_on_data": f"{times('L', axes)} * {pairs}",
        "connections": f"{out} * ({taps} + C_out)" if bias else f"{out} * {taps}",
        "ops.mul": f"{out} * {taps}",
        "ops.add": f"{out} * {taps}" if bias else f"{out} * ({taps} - C_out)",
    }
    if bias:
        texts["biases"] = "C_out"
    return {quantity: Formula(text) for quantity, text in texts.items()}
