"""The size that a window gives, forwards by the layers' own formula, and backwards as an interval of each letter.

⌊(N + 2P − K) / S⌋ + 1 = M, solved for one letter, leaves an interval (K = D·(F − 1) + 1). Pitfall: only the plain rule
and the transposed one have closed forms; rounding up and the padding words are monotonic in every letter, so their
intervals are found by halving, and a window that does not fit counts as a size of 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from ...formula import Formula
from ...layers import _spread, _window
from ...record import Record
from ...symbolic import Algebra, ceil_div

NAMES = ("n", "f", "s", "p", "d", "out")
LETTERS = {"n": "N", "f": "F", "s": "S", "p": "P", "d": "D", "out": "M"}
LOWEST = {"n": 1, "f": 1, "s": 1, "p": 0, "d": 1, "out": 1}
LIMIT = 10**18
Values = Mapping[str, int]
Interval = tuple[int, "int | None"]

PLAIN = {
    "n": ("S*(M - 1) - 2*P + K", "S*M - 1 - 2*P + K"),
    "f": ("N + 2*P - S*M + 1", "N + 2*P - S*(M - 1)"),
    "s": ("(N + 2*P - K) // M + 1", "(N + 2*P - K) // (M - 1)"),
    "p": ("ceil_div(S*(M - 1) + K - N, 2)", "(S*M - 1 + K - N) // 2"),
    "d": ("ceil_div(N + 2*P - S*M, F - 1)", "(N + 2*P - S*(M - 1) - 1) // (F - 1)"),
}
"""Lower and upper end of ⌊(N + 2P − K) / S⌋ + 1 = M, solved for one letter."""
DILATED = ("ceil_div(N + 2*P - S*M, D) + 1", "(N + 2*P - S*(M - 1) - 1) // D + 1")
"""Those of F between dilated taps."""
TRANSPOSED = {
    "n": ("ceil_div(M - K + 2*P - O, S) + 1", "(M - K + 2*P - O) // S + 1"),
    "f": ("M - S*(N - 1) + 2*P - O", "M - S*(N - 1) + 2*P - O"),
    "s": ("ceil_div(M - K + 2*P - O, N - 1)", "(M - K + 2*P - O) // (N - 1)"),
    "p": ("ceil_div(S*(N - 1) + K + O - M, 2)", "(S*(N - 1) + K + O - M) // 2"),
    "d": ("ceil_div(M - S*(N - 1) + 2*P - O - 1, F - 1)", "(M - S*(N - 1) + 2*P - O - 1) // (F - 1)"),
}
"""The same of S·(N − 1) + K − 2P + O = M: both ends agree, or there is none."""
TRANSPOSED_DILATED = (
    "ceil_div(M - S*(N - 1) + 2*P - O - 1, D) + 1",
    "(M - S*(N - 1) + 2*P - O - 1) // D + 1",
)
_INTEGERS = Algebra("int", {"min": min, "max": max, "ceil_div": ceil_div})
_EXTENT = _window.EXTENT.compile(_INTEGERS)
_FLOOR = _window.GENERAL.compile(_INTEGERS)
_CEIL = _window.CEIL.compile(_INTEGERS)
_SAME = _window.SAME.compile(_INTEGERS)
_SAME_TOTAL = _window.SAME_TOTAL.compile(_INTEGERS)
_SPREAD = _spread.GENERAL.compile(_INTEGERS)
_SPREAD_SAME = _spread.SAME.compile(_INTEGERS)


class Rule(Record):
    """How an output size comes about: rounding, a padding `word` in place of P, or transposed with output padding."""

    rounding: str = "floor"
    word: str = ""
    transposed: bool = False
    extra: int = 0

    @property
    def rising(self) -> Mapping[str, int]:
        """For each letter, whether the size grows with it (1), shrinks (-1), or does not depend on it (0)."""
        if self.transposed:
            free = 0 if self.word == "same" else 1
            return {"n": 1, "f": free, "s": 1, "p": -1, "d": free}
        free = {"same": 0, "same_lower": 0, "keep": 0, "full": 1}.get(self.word, -1)
        return {"n": 1, "f": free, "s": 0 if self.word == "keep" else -1, "p": 1, "d": free}

    def letters(self, v: Values) -> dict[str, int]:
        """The letters of the formulas, K and the padding worked out; `out` is M."""
        w = {LETTERS[name]: value for name, value in v.items()} | {"O": self.extra}
        w["K"] = _EXTENT(w)
        if self.word == "keep":
            w["P"] = max(0, _window.KEEP(w))
        elif self.word in ("full", "valid"):
            w["P"] = w["K"] - 1 if self.word == "full" else 0
        return w

    def size(self, v: Values) -> int:
        """The output size, 0 where the window does not fit; of `keep` always N, whatever `holds` says."""
        w = self.letters(v)
        if self.word in ("same", "same_lower"):
            return int((_SPREAD_SAME if self.transposed else _SAME)(w))
        if self.word == "keep":
            return w["N"]
        w["P_b"] = w["P_a"] = w["P"]
        if self.transposed:
            return max(0, int(_SPREAD(w))) if self.extra < max(w["S"], w["D"]) else 0
        if w["N"] + 2 * w["P"] < w["K"]:
            return 0
        return int((_CEIL if self.rounding == "ceil" else _FLOOR)(w))

    def possible(self, v: Values) -> bool:
        """Whether a padding word has an answer here: at stride 1, `keep` wants an odd window."""
        return self.word != "keep" or v["s"] > 1 or (v["d"] * (v["f"] - 1)) % 2 == 0

    def exact(self, v: Values) -> bool:
        """Whether nothing is left over by the division by S."""
        if self.transposed:
            return True
        w = self.letters(v)
        total = _SAME_TOTAL(w) if self.word in ("same", "same_lower") else 2 * w["P"]
        return int(w["N"] + total - w["K"]) % w["S"] == 0

    def window(self, v: Values) -> _window.Window:
        """The engine's own window for these numbers. Raises ShapeError where it does not fit."""
        sides = self.word or (v["p"], v["p"])
        if self.transposed:
            return _spread.spread(v["n"], v["f"], v["s"], v["d"], sides, self.extra)
        return _window.window(v["n"], v["f"], v["s"], v["d"], sides, self.rounding)

    @property
    def closed(self) -> bool:
        """Whether a letter's interval has a closed form."""
        return self.word in ("", "valid") and (self.transposed or self.rounding == "floor")

    def ends(self, name: str, dilated: bool) -> tuple[Formula, Formula] | None:
        """The formulas of the interval's two ends for one letter, as they are read, where there are any."""
        if not self.closed or name == "out":
            return None
        if name == "f" and dilated:
            low, high = TRANSPOSED_DILATED if self.transposed else DILATED
        else:
            low, high = (TRANSPOSED if self.transposed else PLAIN)[name]
        if not self.extra:
            low, high = (
                low.replace(" - O", "").replace(" + O", ""),
                high.replace(" - O", "").replace(" + O", ""),
            )
        return (
            (Formula(low), Formula(high))
            if dilated
            else (Formula(low.replace("K", "F")), Formula(high.replace("K", "F")))
        )

    def interval(self, name: str, v: Values) -> Interval | None:
        """All values of one letter for which the size is `out`, the other letters being those of `v`; None for none."""
        if name == "out":
            m = self.size(v)
            return (m, m) if m else None
        constant = name == "d" and v["f"] == 1, name == "s" and self.transposed and v["n"] == 1
        if self.closed and not self.extra and not any(constant):
            return self._between(name, v)
        return self.halving(name, v)

    def _between(self, name: str, v: Values) -> Interval | None:
        """The interval by its closed form."""
        w = self.letters({"f": 1, "d": 1, "p": 0, **v})
        if name == "f":
            low, high = TRANSPOSED_DILATED if self.transposed else DILATED
        else:
            low, high = (TRANSPOSED if self.transposed else PLAIN)[name]
        if name == "s" and not self.transposed:
            if w["N"] + 2 * w["P"] < w["K"]:
                return None
            if w["M"] == 1:
                return max(1, _integer(low, w)), None
        first, last = max(LOWEST[name], _integer(low, w)), _integer(high, w)
        return (first, last) if first <= last else None

    def halving(self, name: str, v: Values) -> Interval | None:
        """The interval by halving, for every rule: the size is monotonic in each letter."""
        low, way, out = LOWEST[name], self.rising[name], v["out"]

        def size(x: int) -> int:
            return self.size({**v, name: x})

        if way == 0 or (name == "d" and v["f"] == 1 and not self.extra):
            return (low, None) if size(low) == out else None
        first = _first(low, (lambda x: size(x) >= out) if way > 0 else (lambda x: size(x) <= out))
        after = _first(low, (lambda x: size(x) > out) if way > 0 else (lambda x: size(x) < out))
        if first is None or (after is not None and after <= first):
            return None
        return first, None if after is None else after - 1


@cache
def _compiled(text: str) -> Callable[[Mapping[str, int]], int]:
    return Formula(text).compile(_INTEGERS)


def _integer(text: str, w: Mapping[str, int]) -> int:
    return int(_compiled(text)(w))


def _first(low: int, holds: Callable[[int], bool]) -> int | None:
    """The least x ≥ low for which `holds`, which stays true once it is; None where it never does."""
    if holds(low):
        return low
    step = 1
    while not holds(low + step):
        step *= 2
        if step > LIMIT:
            return None
    below, above = low + step // 2, low + step
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (below, middle) if holds(middle) else (middle, above)
    return above
