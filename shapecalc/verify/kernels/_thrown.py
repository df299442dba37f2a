"""A transposed window: every input value is thrown over F positions, S apart from its neighbour's; the ends are cut.

Written from the picture (Dumoulin & Visin 2016, chapter 4; PyTorch's ConvTranspose2d; TensorFlow's SAME). Pitfall:
padding cuts the output, so all products are made before any is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from . import _walk


class Throw(NamedTuple):
    """One axis: how long the canvas is, where the targets of tap 0 lie, the taps, and what of the canvas is kept."""

    length: int
    starts: range
    taps: range
    kept: slice

    def over(self, tap: int) -> slice:
        """Where one tap of every input value lands."""
        return slice(self.starts.start + tap, self.starts.stop + tap, self.starts.step)


def throw(n: int, f: int, s: int, d: int, padding: Any, extra: int) -> Throw:
    """The throw of n values over f taps, d apart, s from one value to the next, with `extra` positions at the end."""
    if extra >= max(s, d):
        raise ShapeError(
            "SC402", f"{extra} more positions are not fewer than the stride {s} or the dilation {d}"
        )
    taps = range(0, f * d, d)
    starts = range(0, n * s - s + 1, s)
    full = starts[-1] + taps[-1] + 1
    if padding in ("keep", "full") or (padding in ("same", "same_lower") and extra):
        raise ShapeError("SC403", f"padding {padding} and {extra} more do not say what to cut off")
    if padding in ("same", "same_lower"):
        before, _after = _walk.uneven(max(full - n * s, 0), padding)
        kept = slice(before, before + n * s)
    else:
        before, after = _walk.sides(n, taps[-1] + 1, s, padding)
        kept = slice(before, full - after + extra)
    if kept.stop <= kept.start:
        raise ShapeError("SC402", f"cutting {padding} leaves nothing of {full} positions")
    return Throw(max(full, kept.stop), starts, taps, kept)


def throws(x: Array, o: Any) -> list[Throw]:
    """One throw a spatial axis of x, of which only the shape is asked."""
    sizes = x.shape[1:-1]
    if not sizes:
        raise ShapeError("SC407", "a window needs a spatial axis to be thrown along")
    paddings = _walk.each(o["padding"], len(sizes))
    settings = zip(sizes, o["kernel"], o["stride"], o["dilation"], paddings, o["output_padding"], strict=True)
    return [throw(*setting) for setting in settings]


def targets(found: list[Throw]) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """Every tap: its place in the filter, and where it lands from all input values of a batch."""
    for place in product(*(range(len(t.taps)) for t in found)):
        yield place, (slice(None), *(t.over(t.taps[i]) for t, i in zip(found, place)))


def kept(found: list[Throw]) -> tuple[slice, ...]:
    """What stays of the canvas, of all samples."""
    return (slice(None), *(t.kept for t in found))


def hits(x: Array, found: list[Throw]) -> int:
    """Taps that land on what is kept, from all values of all samples: an all-ones image thrown by all-ones filters."""
    canvas = np.zeros([x.shape[0], *(t.length for t in found)], np.int64)
    for _place, where in targets(found):
        canvas[where] += 1
    return int(canvas[kept(found)].sum())


def reach(lows: list[Any], highs: list[Any], found: list[Throw]) -> tuple[list[Any], list[Any]]:
    """First and last input pixel that is thrown on each position kept, an array an axis."""
    new_lows, new_highs = [], []
    for low, high, t in zip(lows, highs, found):
        a, b = np.full(t.length, _walk.NEVER), np.full(t.length, -_walk.NEVER)
        for tap in t.taps:
            a[t.over(tap)] = np.minimum(a[t.over(tap)], low)
            b[t.over(tap)] = np.maximum(b[t.over(tap)], high)
        new_lows.append(a[t.kept])
        new_highs.append(b[t.kept])
    return new_lows, new_highs
