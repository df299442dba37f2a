"""Convolution as matrix products: the pixels under a filter laid out as a row (Chellapilla et al. 2006, section 3.1).

Unrolled for some rows of the output at a time, so that the copy stays in the cache. Pitfall: a flat shifted product
would run over the padding's columns too, and what is executed is what is counted.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from ..counted import Array
from . import _walk

BLOCK_BYTES = 8 * 2**20


def product(x: Array, filters: Any, found: list[_walk.Walk], y: Array) -> None:
    """Fill y with the pixels of x, padding included, times the filters; taps first in the filters, then depth."""
    matrix = filters.reshape(-1, filters.shape[-1])
    taps = list(_walk.positions(found))
    plain = len(taps) == 1 and all(v.starts.step == 1 for v in found)
    rest, terms = y.shape[2:-1], matrix.shape[0]
    rows = max(1, len(range(0, BLOCK_BYTES, 4 * terms * prod(rest))))
    for sample in range(y.shape[0]):
        image = x[sample : sample + 1]
        for first in range(0, y.shape[1], rows):
            block = y[sample : sample + 1, first : first + rows]
            count = block.shape[1]
            if plain:
                patches = image[:, first : first + count]
            else:
                patches = x.empty(1, count, *rest, len(taps), x.shape[-1])
                for i, (_place, where) in enumerate(taps):
                    patches[..., i, :] = image[_walk.part(where, first, count)]
            flat = patches.reshape(-1, terms)
            if block.contiguous:
                np.matmul(flat, matrix, out=block.reshape(-1, matrix.shape[1]))
            else:
                block[...] = np.matmul(flat, matrix).reshape(*block.shape)
