"""Slips over the last axis: how many maps there are.

Pitfall: a convolution's depth is the number of its filters, and a pool's is that of its input; both look like rules about
the wrong one of the two.
"""

from __future__ import annotations

from ..terms import Term, formula
from ..working import Working

POOLED = ("C_in // S", "C_in // F", "(C_in - F) // S + 1")


def pooled(w: Working) -> list[Term]:
    """The depth put through the window too."""
    if not w.pools:
        return []
    v = w.layer.windows[0].letters  # type: ignore[attr-defined]
    return [Term(formula(f), {**w.depth.letters, "F": v["F"], "S": v["S"]}) for f in POOLED]
