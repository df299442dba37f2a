"""Slips in the shape of the size formula: brackets, another kernel or stride, a pool taken for a convolution.

Pitfall: habits (3×3, 5×5, halving) give the right size of another layer, so they only count where this one differs.
"""

from __future__ import annotations

from ..working import Working
from ._slip import Changed

PLUS_ONE = "a_ // b_ + 1"


def by(w: Working, *texts: str) -> Changed:
    """Every size by another formula over the same letters."""
    for text in texts:
        yield w.with_axes(tuple(t.by(text) for t in w.axes))


def kernel(w: Working, size: int) -> Changed:
    own = w.question.options.get("kernel")
    if isinstance(own, tuple) and not w.pools and any(n != size for n in own):
        yield w.with_options(kernel=(size,) * len(own))
