"""A transposed window: N positions each throw F taps over the output, S apart; the ends may be cut off.

(N − 1)·S + K − P_b − P_a + O (Dumoulin & Visin 2016, arXiv:1603.07285, relationship 13). Pitfall: it is the mirror of a
window: seen from the output, the N positions are the windows and the cut ends are the padding.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..formula import Formula, Requires
from ..text import N_
from ._base import Work, times
from ._window import EXTENT, UNDILATED, Window, split

GENERAL = Formula("(N - 1)*S + K - P_b - P_a + O")
SYMMETRIC = Formula("(N - 1)*S + F - 2*P")
SAME = Formula("N*S")
SURPLUS = Formula("max(0, K - S)")
SHORTFALL = Formula("max(0, S - K)")
SOME = Requires(
    Formula("(N - 1)*S + K - P_b - P_a + O >= 1"),
    "SC414",
    N_("cutting {P_b} + {P_a} off the output leaves nothing"),
    "padding",
)
SMALL = Requires(
    Formula("O < max(S, D)"),
    "SC415",
    N_("an output padding of {O} is not less than the stride of {S} or the dilation of {D}"),
    "output_padding",
)


class Spread(Window):
    """A transposed window along one axis; M is the output size, `padding` what is cut off."""

    letters: Mapping[str, int]
    formula: Formula
    M: int
    padding: tuple[int, int]
    given: tuple[tuple[str, Formula], ...] = ()

    @property
    def mirror(self) -> Window:
        """The window that walks over the output and stops at the N positions."""
        return Window({**self.letters, "N": self.M}, self.formula, self.letters["N"], self.padding)

    @property
    def live(self) -> int:
        """Products whose target survives: taps on real data of the mirrored window."""
        return self.mirror.live

    def live_works(self, axis: str) -> tuple[Work, ...]:
        return self.mirror.live_works(axis)

    @property
    def unread(self) -> int:
        return 0


def spread(N: int, F: int, S: int, D: int, padding: Any, extra: int) -> Spread:
    """The transposed window along one axis; `padding` is a word or (before, after), `extra` the output padding."""
    v: dict[str, int] = {"N": N, "F": F, "S": S, "D": D, "O": extra}
    extent = UNDILATED if D == 1 else EXTENT
    v["K"] = extent(v)
    given: tuple[tuple[str, Formula], ...] = (("K", extent),)
    if padding in ("same", "same_lower"):
        given += split(SURPLUS, padding == "same", v)
        v["O"] = SHORTFALL(v)
        return Spread(v, SAME, SAME(v), (v["P_b"], v["P_a"]), given)
    before, after = v["P_b"], v["P_a"] = (0, 0) if padding == "valid" else padding
    SMALL.check(v)
    SOME.check(v)
    simple = before == after and D == 1 and extra == 0
    if simple:
        v["P"] = before
    formula = SYMMETRIC if simple else GENERAL
    return Spread(v, formula, formula(v), (before, after), given)


@cache
def table(axes: str, grouped: bool, bias: bool) -> Mapping[str, Formula]:
    """The costs of throwing every input value over its window, cut off or not."""
    pairs = "(C_in // G) * C_out" if grouped else "C_in * C_out"
    taps = f"{times('F', axes)} * {pairs}"
    whole = f"{times('N', axes)} * {taps}"
    texts = {
        "weights": taps,
        "macs": whole,
        "macs_on_data": f"{times('L', axes)} * {pairs}",
        "connections": f"{whole} + {times('M', axes)} * C_out" if bias else whole,
        "ops.mul": whole,
        "ops.add": whole,
    }
    if bias:
        texts["biases"] = "C_out"
    return {quantity: Formula(text) for quantity, text in texts.items()}
