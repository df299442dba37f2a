"""Which setting gives the wanted output: every one that does, for several may be right.

One window, solved backwards, with X = N + 2P − K and M windows: S·(M − 1) ≤ X ≤ S·M − 1. Pitfall: the course's answer
P = (F − 1)/2 is one of two where the stride is 2, and there is none at all where the size would have to be halved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...formula import Formula
from ...record import Record

MOST = 512
ENDS = {
    "padding": (Formula("max(0, ceil_div(S*(M - 1) + K - N, 2))"), Formula("(S*M - 1 + K - N) // 2")),
    "stride": (Formula("(N + 2*P - K) // M + 1"), Formula("(N + 2*P - K) // (M - 1)")),
    "kernel": (Formula("max(1, N + 2*P - S*M + 1)"), Formula("N + 2*P - S*(M - 1)")),
    "n": (Formula("max(1, S*(M - 1) + K - 2*P)"), Formula("S*M - 1 + K - 2*P")),
}
"""The least and the greatest value of each setting; of a kernel its extent."""


class Interval(Record):
    """All right numbers from `low` to `high`; `open_end` where there is no last one. Empty where high < low."""

    low: int
    high: int
    open_end: bool = False

    def members(self) -> tuple[int, ...]:
        """The numbers, up to a bound."""
        return tuple(range(self.low, min(self.high, self.low + MOST - 1) + 1))


def padding(n: int, k: int, s: int, m: int) -> Interval:
    """The paddings on each side with which a window of extent k gives m from n at stride s."""
    return _between("padding", {"N": n, "K": k, "S": s, "M": m})


def stride(n: int, k: int, p: int, m: int) -> Interval:
    """The strides with which m windows fit; with one window every larger one does."""
    x = n + 2 * p - k
    if x < 0 or m < 1:
        return Interval(1, 0)
    if m == 1:
        return Interval(x + 1, x + 1, True)
    return _between("stride", {"N": n, "K": k, "P": p, "M": m})


def extent(n: int, s: int, p: int, m: int) -> Interval:
    """The extents of the (dilated) window."""
    return _between("kernel", {"N": n, "S": s, "P": p, "M": m})


def size(k: int, s: int, p: int, m: int) -> Interval:
    """The input sizes."""
    return _between("n", {"K": k, "S": s, "P": p, "M": m})


def _between(option: str, letters: Mapping[str, int]) -> Interval:
    low, high = ENDS[option]
    return Interval(low(letters), high(letters))


def working(option: str, letters: Mapping[str, int]) -> str:
    """Both ends of the interval with the numbers put in; of one end where they are the same line."""
    if option not in ENDS or (option == "stride" and letters["M"] < 2):
        return ""
    low, high = (end.show(letters) for end in ENDS[option])
    return f"{low} … {high}"


def kernel(n: int, s: int, p: int, m: int, d: int) -> tuple[int, ...]:
    """The numbers of taps whose extent D·(F − 1) + 1 fits."""
    found = extent(n, s, p, m)
    return tuple(f for f in range(1, found.high + 1) if found.low <= d * (f - 1) + 1 <= found.high)


def dilation(n: int, f: int, s: int, p: int, m: int) -> tuple[int, ...]:
    """The dilations of a filter of f taps; of a single tap the first of all there are."""
    if f == 1:
        return (1,)
    found = extent(n, s, p, m)
    return tuple(d for d in range(1, found.high + 1) if found.low <= d * (f - 1) + 1 <= found.high)


def rising(value: Callable[[int], int | None], wanted: int, low: int = 1, high: int = 10**9) -> int | None:
    """The number at which a rising count has the wanted value, or None; `value` is None where there is no count."""
    top = low
    while (reached := value(top)) is None or reached < wanted:
        top *= 2
        if top > high or (reached is None and top > 64 * max(low, 1)):
            return None
    while low < top:
        middle = (low + top) // 2
        reached = value(middle)
        if reached is not None and reached >= wanted:
            top = middle
        else:
            low = middle + 1
    return low if value(low) == wanted else None
