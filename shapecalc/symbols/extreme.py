"""The largest or smallest of several closed forms, without those that can never be it.

Pitfall: comparing every pair of many forms takes long, so equal ones go first, and those whose difference is plainly
positive before those that need bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .atoms import Extreme
from .expr import Expr, Value

if TYPE_CHECKING:
    from .space import Space


def extreme(space: Space, word: str, forms: Sequence[Value]) -> Value:
    """The `max` or `min` of forms and numbers, as one form."""
    sign = 1 if word == "max" else -1
    kept: list[Value] = []
    for form in _flat(space, word, forms):
        if any(_at_least(space, other - form, sign) for other in kept):
            continue
        kept = [other for other in kept if not _at_least(space, form - other, sign)]
        kept.append(form)
    if len(kept) == 1:
        return kept[0]
    return space.atom(Extreme(word, tuple(sorted(kept, key=_order))))


def _flat(space: Space, word: str, forms: Sequence[Value]) -> list[Value]:
    """The forms, with those of a max inside a max beside the others; each once, the largest number alone."""
    found: list[Value] = []
    for form in forms:
        inner = _alone(space, form)
        found += inner.forms if inner is not None and inner.word == word else (form,)
    numbers = [form for form in found if not isinstance(form, Expr)]
    letters = dict.fromkeys(form for form in found if isinstance(form, Expr))
    if numbers:
        return [*letters, max(numbers) if word == "max" else min(numbers)]
    return [*letters]


def _alone(space: Space, form: Value) -> Extreme | None:
    """The max or min that a form is by itself."""
    if isinstance(form, Expr) and list(form.terms.values()) == [1]:
        (monomial,) = form.terms
        if len(monomial) == 1:
            atom = space.atoms[monomial[0]]
            return atom if isinstance(atom, Extreme) else None
    return None


def _at_least(space: Space, difference: Value, sign: int) -> bool:
    """Whether the first of two can take the place of the second: it is never less (of a min: never more)."""
    difference = space.reduced(difference * sign)
    if not isinstance(difference, Expr):
        return bool(difference >= 0)
    least = space.low(difference)
    return least is not None and bool(least >= 0)


def _order(form: Value) -> tuple[int, str]:
    return (0, form.text) if isinstance(form, Expr) else (1, str(form))
