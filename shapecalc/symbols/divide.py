"""⌊a / b⌋ in normal form: what divides evenly leaves the floor, and a floor of a floor becomes one.

⌊(⌊p / e⌋ + c) / d⌋ = ⌊(p + c·e) / (e·d)⌋ (Graham, Knuth, Patashnik, Concrete Mathematics, 3.11): so a chain of windows
is itself one window. Pitfall: this needs whole numbers below the line that are positive, as strides are.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING

from .atoms import Floor
from .expr import Expr, Terms, Value, normal

if TYPE_CHECKING:
    from .space import Space


def floor_divide(space: Space, a: Value, b: Value) -> Value:
    """⌊a / b⌋ of two forms or numbers."""
    if isinstance(b, Fraction):
        a, b = a * b.denominator, b.numerator
    if isinstance(b, Expr):
        return _by_form(space, a, b)
    if b == 0:
        raise ZeroDivisionError
    if b < 0:
        a, b = -a, -b
    if not isinstance(a, Expr):
        return a // b
    return _by_number(space, a, b)


def _by_number(space: Space, a: Expr, d: int) -> Value:
    out: Terms = {}
    inside: Terms = {}
    for monomial, c in a.terms.items():
        if isinstance(c, int) and space.is_whole(monomial):
            out[monomial], inside[monomial] = divmod(c, d)
        else:
            inside[monomial] = c
    rest = normal(space, inside)
    return normal(space, out) + (_reduced(space, rest, d) if isinstance(rest, Expr) else rest // d)


def _reduced(space: Space, a: Expr, d: int) -> Value:
    """The floor of what does not divide; every coefficient of `a` lies in 0 … d − 1, but for fractions."""
    variable = [c for m, c in a.terms.items() if m]
    whole = all(isinstance(c, int) for c in a.terms.values()) and all(map(space.is_whole, a.terms))
    if whole:
        common = gcd(d, *variable)
        if common > 1:
            terms = {m: c // common for m, c in a.terms.items()}
            return floor_divide(space, normal(space, terms), d // common)
        if d == 1:
            return a
        monomial = next(m for m in a.terms if m)
        if len(variable) == 1 and variable[0] == 1 and len(monomial) == 1:
            inner = space.atoms[monomial[0]]
            if isinstance(inner, Floor) and isinstance(inner.b, int):
                return floor_divide(space, inner.a + a.constant * inner.b, inner.b * d)
    return space.atom(Floor(a, d))


def _by_form(space: Space, a: Value, b: Expr) -> Value:
    """A quotient of forms: exact where b divides every term, else an atom."""
    if len(b.terms) == 1 and isinstance(a, Expr):
        ((below, c),) = b.terms.items()
        out: Terms = {}
        rest: Terms = {}
        for monomial, n in a.terms.items():
            left = _without(monomial, below)
            if left is not None and isinstance(n, int) and isinstance(c, int) and space.is_whole(left):
                out[left], remains = divmod(n, c)
                if remains:
                    rest[monomial] = remains
            else:
                rest[monomial] = n
        remaining = normal(space, rest)
        if remaining == 0:
            return normal(space, out)
        return normal(space, out) + space.atom(Floor(remaining, b))
    if isinstance(a, Expr) and a.terms == b.terms:
        return 1
    return 0 if a == 0 else space.atom(Floor(a, b))


def _without(monomial: tuple[int, ...], part: tuple[int, ...]) -> tuple[int, ...] | None:
    """The monomial divided by another, or None where it does not divide."""
    left = list(monomial)
    for factor in part:
        if factor not in left:
            return None
        left.remove(factor)
    return tuple(left)
