"""A window of F taps walks over N pixels in steps of S: how often it fits, and how many taps land on real pixels.

⌊(N + 2P − F) / S⌋ + 1 (Dumoulin & Visin 2016, arXiv:1603.07285, relationship 6). Pitfall: rounding up lets the last
window hang over the edge, and the frameworks drop it again where it would start outside the input and its left padding.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..errors import ShapeError
from ..formula import Formula, Requires
from ..record import Record
from ..text import N_, _
from ._base import Shape, Step, spatial

SHORT = {"f": "kernel", "s": "stride", "p": "padding"}
"""The course's letters for a window's options."""
WORDS = ("valid", "same", "same_lower", "full", "keep")
EXTENT = Formula("D*(F - 1) + 1")
GENERAL = Formula("(N + P_b + P_a - K) // S + 1")
SYMMETRIC = Formula("(N + 2*P - F) // S + 1")
BARE = Formula("(N - F) // S + 1")
CEIL = Formula("min(ceil_div(N + P_b + P_a - K, S) + 1, ceil_div(N + P_b, S))")
SAME = Formula("ceil_div(N, S)")
SAME_TOTAL = Formula("max(0, (ceil_div(N, S) - 1)*S + K - N)")
KEEP = Formula("ceil_div((N - 1)*S + K - N, 2)")
OUT = Formula("min(M, ceil_div(E, S))")
WHOLLY_OUT = Formula("min(M, max(0, ceil_div(E - D*(F - 1), S)))")
LOST = Formula("F*X + sum(ceil_div(E - (X + o)*S, D) for o in range(Y - X))")
LOST_DENSE = Formula("F*X + (Y - X)*E - S*((Y - X)*(X + Y - 1) // 2)")
LOST_ONE = Formula("max(0, E)")
UNREAD = Formula("max(0, N + P_b - (M - 1)*S - K)")
FITS = Requires(
    Formula("N + P_b + P_a >= K"),
    "SC402",
    N_("a window of {K} does not fit into an input of {N} padded by {P_b} + {P_a}"),
    "kernel",
    N_("take a smaller kernel or more padding, or shrink the input less before"),
)
FITS_CEIL = Requires(
    Formula("N + P_b + P_a - K > -S"),
    "SC402",
    N_("a window of {K} does not fit into an input of {N} padded by {P_b} + {P_a}"),
    "kernel",
    N_("take a smaller kernel or more padding, or shrink the input less before"),
)


class Window(Record):
    """A window along one axis: its letters N F S D K P_b P_a (P where both sides agree), and M, the size it gives."""

    letters: Mapping[str, int]
    formula: Formula
    M: int
    padding: tuple[int, int]

    @property
    def live(self) -> int:
        """Taps that touch real input, over all M positions: F·M less what falls off either end."""
        v = self.letters
        ends = (v["P_b"], (self.M - 1) * v["S"] + v["K"] - v["P_b"] - v["N"])
        return v["F"] * self.M - sum(_lost(v["F"], v["S"], v["D"], self.M, end) for end in ends)

    @property
    def unread(self) -> int:
        """Pixels after the last window that no window reads."""
        return UNREAD({**self.letters, "M": self.M})

    @property
    def step(self) -> Step:
        return Step(self.letters["K"], self.letters["S"], self.letters["P_b"])


@lru_cache(maxsize=65536)
def _lost(F: int, S: int, D: int, M: int, E: int) -> int:
    """Taps beyond one end, when the outermost window reaches E pixels over it."""
    v = {"F": F, "S": S, "D": D, "M": M, "E": E}
    if E <= 1:
        return LOST_ONE(v)
    v["X"], v["Y"] = WHOLLY_OUT(v), OUT(v)
    return (LOST_DENSE if D == 1 else LOST)(v)


@lru_cache(maxsize=65536)
def window(N: int, F: int, S: int, D: int, padding: Any, rounding: str = "floor") -> Window:
    """The window along one axis; `padding` is a word or (before, after). Raises ShapeError where it does not fit."""
    v: dict[str, int] = {"N": N, "F": F, "S": S, "D": D}
    v["K"] = F if D == 1 else EXTENT(v)
    before, after = v["P_b"], v["P_a"] = _sides(padding, v)
    if before == after:
        v["P"] = before
    if padding in ("same", "same_lower"):
        formula = SAME
    elif rounding == "ceil":
        FITS_CEIL.check(v)
        formula = CEIL
    else:
        FITS.check(v)
        symmetric = before == after and D == 1
        formula = GENERAL if not symmetric else SYMMETRIC if before else BARE
    return Window(v, formula, formula(v), (before, after))


def _sides(padding: Any, v: Mapping[str, int]) -> tuple[int, int]:
    """Padding before and after the axis, words worked out."""
    if not isinstance(padding, str):
        return padding  # type: ignore[no-any-return]
    if padding == "valid":
        return 0, 0
    if padding == "full":
        return v["K"] - 1, v["K"] - 1
    if padding == "keep":
        if v["S"] == 1 and v["K"] % 2 == 0:
            near = _("F = {a} or {b} can").format(a=v["F"] - 1 or v["F"] + 1, b=v["F"] + 1)
            message = _(
                "no symmetric padding keeps {N} with an even window of {K} at stride 1: P would be {half}"
            )
            raise ShapeError("SC403", message.format(**v, half=(v["K"] - 1) / 2), "kernel", near)
        p = KEEP(v)
        return p, p
    total = SAME_TOTAL(v)
    small = total // 2
    return (small, total - small) if padding == "same" else (total - small, small)


def windows(
    x: Shape, kernel: Shape, stride: Shape, dilation: Shape, padding: Any, rounding: str = "floor"
) -> tuple[Window, ...]:
    """One window a spatial axis of `x`."""
    sides = (padding,) * len(kernel) if isinstance(padding, str) else padding
    return tuple(map(window, x[:-1], kernel, stride, dilation, sides, (rounding,) * len(kernel)))


def axis_letters(x: Shape, found: tuple[Window, ...], names: str = "FSDM") -> dict[str, int]:
    """The windows' letters, each with its axis: F_H, M_W."""
    letters: dict[str, int] = {}
    for axis, w in zip(spatial(len(x)), found):
        for name in names:
            letters[f"{name}_{axis}"] = w.M if name == "M" else w.live if name == "L" else w.letters[name]
    return letters
