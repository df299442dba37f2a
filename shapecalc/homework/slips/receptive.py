"""Slips over the receptive field: the recursion R ← R + (K − 1)·J walked without the jump, backwards, or just added up.

Pitfall: a pool belongs to the chain like any other window; leaving it out is the commonest of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from ...text import N_
from ..terms import Term, formula
from ..working import Working, recursion
from ._slip import CHAIN, Changed, slip

Terms = tuple[Term, ...]
FIELD = "receptive_field"


def walked(terms: Terms) -> list[tuple[int, int]]:
    """(extent, stride) of the layers along one axis."""
    return [(term.letters["K"], term.letters["S"]) for term in terms[1:]]


def _jumps(terms: Terms, jumps: Iterable[int]) -> Terms:
    """The same layers with other jumps."""
    return (terms[0], *(term.put(J=jump) for term, jump in zip(terms[1:], jumps)))


@slip(2, CHAIN, FIELD, N_("jump of earlier strides ignored"), "感受野没乘前面的步幅", special=True)
def rf_ignores_stride(w: Working) -> Changed:
    yield w.with_fields(lambda t: (t[0], *(term.by("K - 1") for term in t[1:])))
    yield w.with_fields(lambda t: _jumps(t, [1, *(s for _, s in walked(t))]))


@slip(1, CHAIN, FIELD, N_("layers walked in the wrong order"), "感受野递推方向反了", special=True)
def rf_reverse_order(w: Working) -> Changed:
    yield w.with_fields(lambda t: recursion(reversed(walked(t))))
    yield w.with_fields(lambda t: _jumps(t, accumulate((s for _, s in walked(t)), int.__mul__)))


@slip(1, CHAIN, FIELD, N_("kernels added up"), "把核大小直接相加", special=True)
def rf_additive(w: Working) -> Changed:
    if len(w.fields[0]) == 1:
        return
    yield w.with_fields(lambda t: tuple(term.by("K") for term in t[1:]))
    yield w.with_fields(lambda t: tuple(term.by("K + S - 1") for term in t[1:]))
    letters = [{f"K_{i}": k for i, (k, _) in enumerate(walked(t))} for t in w.fields]
    products = (Term(formula(" * ".join(names)), names) for names in letters)
    yield w._replace(fields=tuple((term,) for term in products))
