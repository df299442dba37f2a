"""How a window walks: where it starts, what padding that takes, and the pixels under each tap.

Written from the picture (Dumoulin & Visin 2016, chapter 2; TensorFlow's note on SAME; PyTorch's note on ceil_mode), and
no formula was at hand. Pitfall: there is no division here: the number of windows is the length of a range.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ...errors import ShapeError
from ..counted import Array

NEVER = 2**40
"""The first pixel of nothing; its negative is the last."""


class Walk(NamedTuple):
    """A window along one axis: where all windows start (counted from the padding's edge), its taps, zeros around."""

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
        while starts and starts[-1] >= before + n:
            starts = starts[:-1]
    else:
        starts = range(0, stop, s)
    if not starts:
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
    return uneven(max(0, range(0, n, s)[-1] + extent - n), padding)


def uneven(total: int, word: str) -> tuple[int, int]:
    """A total shared out between both ends; the odd one stands after for `same`, before for `same_lower`."""
    less = len(range(0, total - 1, 2))
    return (less, total - less) if word == "same" else (total - less, less)


def each(padding: Any, axes: int) -> Any:
    """One padding for each axis, where one word was given for all."""
    return (padding,) * axes if isinstance(padding, str) else padding


def walks(x: Array, o: Any, stride: Any) -> list[Walk]:
    """One walk a spatial axis of x, which is batch first and channels last; only its shape is asked."""
    sizes = x.shape[1:-1]
    if not sizes:
        raise ShapeError("SC407", "a window needs a spatial axis to walk along")
    axes = zip(sizes, o["kernel"], stride, o["dilation"], each(o["padding"], len(sizes)), strict=True)
    return [walk(n, f, s, d, p, o.get("rounding", "floor")) for n, f, s, d, p in axes]


def padded(x: Array, found: list[Walk], value: float = 0.0) -> Array:
    """The image with its padding around it, as far as the last window reaches; itself where there is none."""
    if not any(w.before or w.after for w in found):
        return x
    sizes = [w.before + n + w.after for w, n in zip(found, x.shape[1:-1])]
    big = x.full(value, x.shape[0], *sizes, x.shape[-1])
    inside = (slice(None), *(slice(w.before, w.before + n) for w, n in zip(found, x.shape[1:-1])))
    big[inside] = x
    return big


def around(x: Any, found: list[Walk]) -> int:
    """How many numbers the padded image has; 0 where there is none beside the image itself."""
    if not any(w.before or w.after for w in found):
        return 0
    sizes = (w.before + n + w.after for w, n in zip(found, x.shape[1:-1]))
    return prod((x.shape[0], *sizes, x.shape[-1]))


def positions(found: list[Walk]) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """Every tap: its place in the filter, and the pixels under it over all windows, batch and channels included."""
    for place in product(*(range(len(w.taps)) for w in found)):
        yield place, (slice(None), *(w.under(w.taps[i]) for w, i in zip(found, place)), slice(None))


def part(where: tuple[slice, ...], first: int, count: int) -> tuple[slice, ...]:
    """The same pixels, but only under `count` windows of the first spatial axis, from the window `first` on."""
    batch, rows, *others = where
    begin = rows.start + first * rows.step
    return (batch, slice(begin, begin + count * rows.step - rows.step + 1, rows.step), *others)


def mask(x: Any, found: list[Walk]) -> int:
    """How many numbers of four bytes the padded image has room for in `lit`, of one byte a pixel and one channel."""
    return len(range(0, prod(w.before + n + w.after for w, n in zip(found, x.shape[1:-1])), 4))


def lit(x: Array, found: list[Walk]) -> int:
    """Taps that touch the image, over all windows of all samples: what all-ones filters make of an all-ones image."""
    ones = np.zeros([w.before + n + w.after for w, n in zip(found, x.shape[1:-1])], bool)
    ones[tuple(slice(w.before, w.before + n) for w, n in zip(found, x.shape[1:-1]))] = True
    taps = (ones[where[1:-1]] for _place, where in positions(found))
    return int(x.shape[0]) * sum(int(np.count_nonzero(seen)) for seen in taps)


def reach(lows: list[Any], highs: list[Any], found: list[Walk]) -> tuple[list[Any], list[Any]]:
    """First and last input pixel that reaches each window, an array an axis; padding reaches nothing."""
    new_lows, new_highs = [], []
    for low, high, w in zip(lows, highs, found):
        a = np.concatenate([np.full(w.before, NEVER), low, np.full(w.after, NEVER)])
        b = np.concatenate([np.full(w.before, -NEVER), high, np.full(w.after, -NEVER)])
        new_lows.append(np.min([a[w.under(t)] for t in w.taps], axis=0))
        new_highs.append(np.max([b[w.under(t)] for t in w.taps], axis=0))
    return new_lows, new_highs
