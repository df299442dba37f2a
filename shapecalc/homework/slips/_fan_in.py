"""Slips over what a unit reads: the depth left out, another number of inputs, groups and gates miscounted.

Pitfall: a filter's depth is never written down in a question, which is why it is the factor that goes missing.
"""

from __future__ import annotations

from ..working import Working


def with_fan_in(w: Working, n: int) -> Working | None:
    """Every part with `n` for the input channels."""
    return w.measured(lambda t: t.put(C_in=n) if t.has("C_in") else None)


def factor(w: Working, text: str, **letters: int) -> Working | None:
    """Every part by a formula that has the part's own in the place of {own}."""
    return w.measured(lambda t: t.by(text.format(own=f"({t.formula.text})")).put(**letters))
