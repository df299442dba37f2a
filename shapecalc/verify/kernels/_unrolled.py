"""Convolution as matrix products: the pixels under a filter laid out as a row (Chellapilla et al. 2006, section 3.1).

Unrolled for some rows of the output at a time into the same scratch, which stays in the cache. Pitfall: a
flat shifted product would run over the padding's columns too, and what is executed is what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..counted import Array
from ..room import Room
from . import _walk

BLOCK_BYTES = 2**21


def product(x: Array, filters: Any, found: list[_walk.Walk], y: Array) -> None:
    """Fill y with the pixels of x, padding included, times the filters; taps first in the filters, then depth."""
    matrix = filters.reshape(-1, filters.shape[-1])
    seen, terms, rest = under(x, found), matrix.shape[0], y.shape[2:-1]
    plain = all(len(w.taps) == w.starts.step == 1 for w in found)
    rows = y.shape[1] if plain else min(len(range(0, BLOCK_BYTES, 4 * terms * prod(rest))), y.shape[1])

    def work(jobs: Iterator[tuple[int, int]]) -> None:
        scratch = None if plain else x.empty(rows, *seen.shape[2:])
        for sample, first in jobs:
            block, pixels = y[sample, first : first + rows], seen[sample, first : first + rows]
            if scratch is not None:
                scratch[: len(pixels)] = pixels
                pixels = scratch[: len(pixels)]
            flat = pixels.reshape(-1, terms)
            if block.contiguous:
                np.matmul(flat, matrix, out=block.reshape(-1, matrix.shape[1]))
            else:
                block[...] = np.matmul(flat, matrix).reshape(*block.shape)

    x.spread(work, [(sample, first) for sample in range(y.shape[0]) for first in range(0, y.shape[1], rows)])


def scratch(x: Any, found: list[_walk.Walk], filters: int, room: Room) -> int:
    """Numbers beside x and the padded x, for `filters` on all channels of x, all those of the output or a group's.

    Every thread has a block of unrolled pixels; a group's pixels, products and filters are copied, for they do not lie in
    a row. A block that waits for its turn takes some 100 bytes.
    """
    y, depth, apart = room.y, x.shape[-1], filters < room.y[-1]
    taps, rest = prod(len(w.taps) for w in found), prod(y[2:-1])
    terms = taps * depth
    rows = min(len(range(0, BLOCK_BYTES, 4 * terms * rest)), y[1])
    if all(len(w.taps) == w.starts.step == 1 for w in found):
        rows, terms = y[1], terms if apart else 0
    copied = filters if apart else 0
    jobs = y[0] * len(range(0, y[1], rows))
    blocks: int = min(room.threads, jobs) * rows * rest * (terms + copied)
    return blocks + int(taps * depth * copied) + 32 * jobs


def under(x: Array, found: list[_walk.Walk]) -> Array:
    """A view of padded x: batch, windows, taps, channels."""
    axes = range(1, len(found) + 1)
    extents = tuple(w.taps[-1] + 1 for w in found)
    every = sliding_window_view(x, extents, axis=tuple(axes))
    chosen = (*(slice(w.starts.start, w.starts.stop, w.starts.step) for w in found), slice(None))
    taps = (slice(None, None, w.taps.step) for w in found)
    where = (slice(None), *chosen, *taps)
    return np.moveaxis(every[where], len(found) + 1, -1)
