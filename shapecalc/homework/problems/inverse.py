"""Which setting gives the wanted output: every one that does, for several may be right.

One window, solved backwards, with X = N + 2P − K and M windows: S·(M − 1) ≤ X ≤ S·M − 1. Pitfall: the course's answer
P = (F − 1)/2 is one of two where the stride is 2, and there is none at all where the size would have to be halved.
"""

from __future__ import annotations

from collections.abc import Callable

from ...record import Record

MOST = 512


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
    return Interval(max(0, -(-(s * (m - 1) + k - n) // 2)), (s * m - 1 + k - n) // 2)


def stride(n: int, k: int, p: int, m: int) -> Interval:
    """The strides with which m windows fit; with one window every larger one does."""
    x = n + 2 * p - k
    if x < 0 or m < 1:
        return Interval(1, 0)
    if m == 1:
        return Interval(x + 1, x + 1, True)
    return Interval(x // m + 1, x // (m - 1))


def extent(n: int, s: int, p: int, m: int) -> Interval:
    """The extents of the (dilated) window."""
    return Interval(max(1, n + 2 * p - s * m + 1), n + 2 * p - s * (m - 1))


def size(k: int, s: int, p: int, m: int) -> Interval:
    """The input sizes."""
    return Interval(max(1, s * (m - 1) - 2 * p + k, k - 2 * p), s * (m - 1) - 2 * p + k + s - 1)


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
