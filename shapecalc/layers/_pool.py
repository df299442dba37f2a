"""What the pools share: a window over every channel by itself, stride = kernel by default, nothing learned.

Pitfall: padding of more than half a window is refused, as PyTorch does; some window would see nothing but padding.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, ClassVar

from ..formula import Formula, Requires
from ..text import N_, _
from . import _window
from ._base import Layer, Option, Shape, Step, spatial, times

Kinds = tuple[tuple[str, str], ...]
HALF = Requires(
    Formula("2*P <= F"),
    "SC406",
    N_("a pool's padding of {P} is more than half its window of {F}"),
    "padding",
    N_("pad less, or put a pad layer before it"),
)


class Pool(Layer):
    ranks = (2, 3, 4)
    short = _window.SHORT
    kinds: ClassVar[Kinds] = ()
    """Operations by kind, as formula text; {taps} is the window's size."""

    kernel = Option("size", help=N_("size of the window"))
    stride = Option("size", None, help=N_("step of the window; the kernel where not given"))
    padding = Option("padding", 0, low=0, help=N_("padding around the input"))
    dilation = Option("size", 1, help=N_("distance between two taps; 1 has no gaps"))
    rounding = Option(
        "choice", "floor", choices=("floor", "ceil"), help=N_("whether a last window may hang over the edge")
    )

    def output(self) -> Shape:
        if not isinstance(self.padding, str):
            for size, sides in zip(self.kernel, self.padding):
                HALF.check({"P": max(sides), "F": size})
        stride = self.kernel if self.stride is None else self.stride
        self.windows = _window.windows(
            self.x, self.kernel, stride, self.dilation, self.padding, self.rounding
        )
        if self.padding in ("full", "keep"):
            for size, w in zip(self.kernel, self.windows):
                HALF.check({"P": max(w.padding), "F": size})
        return (*(w.M for w in self.windows), self.x[-1])

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, **_window.axis_letters(self.x, self.windows, "FM")}

    def formulas(self) -> Mapping[str, Formula]:
        return table(self.kinds, spatial(len(self.x)))

    def steps(self) -> tuple[Step, ...]:
        return tuple(w.step for w in self.windows)

    def notes(self) -> Mapping[str, str]:
        from ._why_windows import windows

        said = windows(self.windows, spatial(len(self.x)), self.padding)
        said["output.C"] = _("Every channel is pooled by itself, so there are as many as before.")
        said["params"] = _(
            "A pool has no weights: which value is the largest, or what the mean is, needs nothing learned."
        )
        said["ops.max"] = _("The largest of K numbers is found in K − 1 steps.")
        said["ops.add"] = _("Adding up K numbers takes K − 1 additions.")
        said["ops.div"] = _("One division a mean.")
        return said

    def resolved(self) -> Mapping[str, Any]:
        stride = self.kernel if self.stride is None else self.stride
        return {**self.options, "stride": stride, "padding": tuple(w.padding for w in self.windows)}


@cache
def table(kinds: Kinds, axes: str) -> Mapping[str, Formula]:
    """The operations of a window over these axes; `kinds` as in Pool."""
    taps = times("F", axes)
    return {f"ops.{kind}": Formula(text.format(taps=taps)) for kind, text in kinds}
