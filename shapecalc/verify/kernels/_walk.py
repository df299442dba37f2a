"""How a window walks: where it starts, what padding that takes, and the pixels under each tap.

Written from the picture (Dumoulin & Visin 2016, chapter 2; TensorFlow's note on SAME; PyTorch's note on ceil_mode), not
from a formula. Pitfall: there is no division here: the number of windows is the length of a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from ..counted import Counted
from ...errors import ShapeError


class Walk(NamedTuple):
    """A window along one axis: first pixels of all windows (counted from the padding's edge), taps, zeros before and after."""

    starts: range
    taps: range
    before: int
    after: int

    def under(self, tap: int) -> slice:
        """The padded pixels that lie under one tap, over all windows."""
        return slice(self.starts.start + tap, self.starts.stop + tap, self.starts.step)


def walk(n: int, f: int, s: int, d: int, padding: Any, rounding: str = "floor") -> Walk:
    """The walk of f taps, d apart, over n pixels in steps of s; raises ShapeError where no window fits."""
    taps = range(0, f * d, d)
    extent = taps[-1] + 1
    before, after = sides(n, extent, s, padding)
    stop = before + n + after - extent + 1
    if padding in ("same", "same_lower"):
        starts = range(0, n, s)
    elif rounding == "ceil":
        starts = range(0, stop + s - 1, s)
        while len(starts) and starts[-1] >= before + n:
            starts = starts[:-1]
    else:
        starts = range(0, stop, s)
    if not len(starts):
        raise ShapeError("SC402", f"a window of {extent} pixels does not fit into {before} + {n} + {after}")
    beyond = starts[-1] + extent - before - n
    return Walk(range(0, starts[-1] + 1, s), taps, before, max(beyond, 0))


def sides(n: int, extent: int, s: int, padding: Any) -> tuple[int, int]:
    """Zeros before and after n pixels."""
    if not isinstance(padding, str):
        return int(padding[0]), int(padding[1])
    if padding == "valid":
        return 0, 0
    if padding == "full":
        return extent - 1, extent - 1
    if padding == "keep":
        p = 0
        while len(range(0, n + p + p - extent + 1, s)) < n:
            p += 1
        if len(range(0, n + p + p - extent + 1, s)) != n:
            raise ShapeError("SC403", f"no symmetric padding keeps {n} pixels with a window of {extent}")
        return p, p
    total = max(0, range(0, n, s)[-1] + extent - n)
    less = len(range(0, total - 1, 2))
    return (less, total - less) if padding == "same" else (total - less, less)


def walks(x: Counted, o: Any, stride: Any) -> list[Walk]:
    """One walk a spatial axis of x, which is batch first and channels last."""
    sizes = x.shape[1:-1]
    words = (o["padding"],) * len(sizes) if isinstance(o["padding"], str) else o["padding"]
    rounding = o.get("rounding", "floor")
    return [walk(n, f, s, d, p, rounding) for n, f, s, d, p in zip(sizes, o["kernel"], stride, o["dilation"], words)]


def padded(x: Counted, found: list[Walk], value: float = 0.0) -> Counted:
    """x with its padding around it, as long as the last window reaches; x itself where there is none."""
    if not any(w.before or w.after for w in found):
        return x
    sizes = [w.before + n + w.after for w, n in zip(found, x.shape[1:-1])]
    big = x.full(value, x.shape[0], *sizes, x.shape[-1])
    inside = tuple(slice(w.before, w.before + n) for w, n in zip(found, x.shape[1:-1]))
    big[(slice(None), *inside)] = x
    return big


def positions(found: list[Walk]) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """Every tap: its place in the filter, and the pixels under it over all windows, batch and channels included."""
    for place in product(*(range(len(w.taps)) for w in found)):
        yield place, (slice(None), *(w.under(w.taps[i]) for w, i in zip(found, place)), slice(None))


def reach(lows: list[Any], highs: list[Any], found: list[Walk]) -> tuple[list[Any], list[Any]]:
    """First and last input pixel that reaches each window, an array an axis; padding reaches nothing."""
    new_lows, new_highs = [], []
    for low, high, w in zip(lows, highs, found):
        a = np.concatenate([np.full(w.before, NEVER), low, np.full(w.after, NEVER)])
        b = np.concatenate([np.full(w.before, -NEVER), high, np.full(w.after, -NEVER)])
        new_lows.append(np.min([a[w.under(t)] for t in w.taps], axis=0))
        new_highs.append(np.max([b[w.under(t)] for t in w.taps], axis=0))
    return new_lows, new_highs


NEVER = 2**40
"""The first pixel of nothing; its negative is the last."""
