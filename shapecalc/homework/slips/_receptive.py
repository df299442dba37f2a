"""Slips over the receptive field: the recursion R ← R + (K − 1)·J walked without the jump, backwards, or just added up.

Pitfall: a pool belongs to the chain like any other window; leaving it out is the commonest of all.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..terms import Term

Terms = tuple[Term, ...]


def walked(terms: Terms) -> list[tuple[int, int]]:
    """(extent, stride) of the layers along one axis."""
    return [(term.letters["K"], term.letters["S"]) for term in terms[1:]]


def jumps(terms: Terms, jumps: Iterable[int]) -> Terms:
    """The same layers with other jumps."""
    return (terms[0], *(term.put(J=jump) for term, jump in zip(terms[1:], jumps)))
