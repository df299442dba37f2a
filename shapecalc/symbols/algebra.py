"""What min, max, ceil_div, if-else and comparisons of a formula mean when its letters are closed forms.

Pitfall: a choice between two forms is one form too: b + (a − b)·[condition], where [p ≥ 0] is min(1, max(0, p + 1)).
"""

from __future__ import annotations

from typing import Any

from ..symbolic import Algebra, Symbolic, Undecided, ceil_div, largest
from .condition import Condition


def _space(*values: Any) -> Any:
    return next((v.space for v in values if isinstance(v, (Symbolic, Condition))), None)


def _smallest(*values: Any) -> Any:
    space = _space(*values)
    return min(values) if space is None else space.smallest(values)


def where(test: Any, a: Any, b: Any) -> Any:
    """One of two forms: a where the test holds, else b."""
    if not isinstance(test, Condition):
        return a if test else b
    return b + (a - b) * indicator(test)


def indicator(condition: Condition) -> Any:
    """1 where the condition holds, else 0."""
    space, form = condition.space, condition.form
    if condition.sign == ">=":
        return space.smallest((1, space.largest((0, form + 1))))
    unequal = space.smallest((1, space.largest((form, -form))))
    return unequal if condition.sign == "!=" else 1 - unequal


def equal(a: Any, b: Any) -> Any:
    """Whether two sizes are the same number."""
    if isinstance(a, Symbolic):
        return a.equals(b)
    return b.equals(a) if isinstance(b, Symbolic) else a == b


def _range(stop: Any) -> range:
    if isinstance(stop, Symbolic):
        raise Undecided(f"{stop}")
    return range(stop)


SYMBOLS = Algebra(
    "symbols",
    {
        "min": _smallest,
        "max": lambda *values: largest(values),
        "ceil_div": ceil_div,
        "where": where,
        "equal": equal,
        "sum": sum,
        "range": _range,
    },
)
