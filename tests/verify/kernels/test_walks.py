"""Where the windows of a walk stand, as literals: the last one above all, for there one too many reads nothing but zeros."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.verify.kernels._walk import walk

# (n, f, s, d, padding, rounding) -> first pixels of the windows, zeros before and after that are read
WALKS: dict[tuple[Any, ...], tuple[list[int], int, int]] = {
    (5, 3, 2, 1, (0, 0), "floor"): ([0, 2], 0, 0),
    (6, 3, 2, 1, (0, 0), "floor"): ([0, 2], 0, -1),
    (6, 3, 2, 1, (0, 0), "ceil"): ([0, 2, 4], 0, 1),
    (6, 3, 2, 1, (1, 1), "floor"): ([0, 2, 4], 1, 0),
    # PyTorch: a window that would begin in the zeros behind is left out; 4 is the first of them
    (4, 2, 2, 1, (0, 1), "ceil"): ([0, 2], 0, 0),
    (4, 2, 2, 1, (1, 1), "ceil"): ([0, 2, 4], 1, 1),
    (3, 2, 2, 1, (1, 1), "ceil"): ([0, 2], 1, 0),
    (1, 1, 1, 1, (0, 2), "ceil"): ([0], 0, 0),
    (9, 4, 3, 1, (0, 2), "ceil"): ([0, 3, 6], 0, 1),
    (7, 2, 2, 3, (0, 0), "floor"): ([0, 2], 0, -1),
    (5, 3, 2, 1, "same", "floor"): ([0, 2, 4], 1, 1),
    (6, 3, 2, 1, "same", "floor"): ([0, 2, 4], 0, 1),
    (6, 3, 2, 1, "same_lower", "floor"): ([0, 2, 4], 1, 0),
}


@pytest.mark.parametrize("given", WALKS, ids=str)
def test_walk(given: tuple[Any, ...]) -> None:
    starts, before, after = WALKS[given]
    found = walk(*given)
    assert (list(found.starts), found.before, found.after) == (starts, before, max(after, 0))
