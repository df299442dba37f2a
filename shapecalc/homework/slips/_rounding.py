"""Slips over the last step of a size: the + 1, and what becomes of a fraction.

Pitfall: frameworks differ in it, so the same number can be right in one and a slip in another.
"""

from __future__ import annotations

from ..terms import Term


def added(term: Term, text: str) -> Term:
    return term.by(text.format(term.formula.text))
