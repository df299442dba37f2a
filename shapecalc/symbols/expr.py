"""A closed form is a polynomial with whole coefficients over letters and over floors, minima and maxima of others.

Pitfall: two closed forms are the same only if they are written in one way, so every operation ends in the normal form
of `normal`; a form without letters is a plain int and never an Expr.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..symbolic import Symbolic, Undecided
from .condition import Condition, compare
from .overgrown import MOST_TERMS, Overgrown

if TYPE_CHECKING:
    from .atoms import Atom
    from .space import Space

Monomial = tuple[int, ...]
"""The numbers of its atoms in their space, sorted, each as often as its power."""
Terms = dict[Monomial, Any]
Value = Any
"""An int, or an Expr."""


class Expr(Symbolic):
    """A closed form in the letters of one space; `terms` has a coefficient for each monomial."""

    __slots__ = ("_hash", "space", "terms")

    def __init__(self, space: Space, terms: Terms) -> None:
        self.space = space
        self.terms = terms
        self._hash: int | None = None

    def __add__(self, other: Value) -> Value:
        return _sum(self, other, 1)

    __radd__ = __add__

    def __sub__(self, other: Value) -> Value:
        return _sum(self, other, -1)

    def __rsub__(self, other: Value) -> Value:
        return _sum(self * -1, other, 1)

    def __neg__(self) -> Value:
        return self * -1

    def __mul__(self, other: Value) -> Value:
        if isinstance(other, Expr):
            self.space.spend(len(self.terms) * len(other.terms))
            terms: Terms = {}
            for a, p in self.terms.items():
                for b, q in other.terms.items():
                    key = tuple(sorted(a + b)) if a and b else a or b
                    terms[key] = terms.get(key, 0) + p * q
            return normal(self.space, terms)
        if isinstance(other, float):
            other = Fraction(str(other))
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        return normal(self.space, {m: c * other for m, c in self.terms.items()})

    __rmul__ = __mul__

    def __floordiv__(self, other: Value) -> Value:
        from .divide import floor_divide

        return floor_divide(self.space, self, other)

    def __rfloordiv__(self, other: Value) -> Value:
        from .divide import floor_divide

        return floor_divide(self.space, other, self)

    def __mod__(self, other: Value) -> Value:
        return self - other * (self // other)

    def __rmod__(self, other: Value) -> Value:
        return other - self * (other // self)

    def __lt__(self, other: Value) -> bool | Condition:
        return compare(self.space, other - self - 1, ">=")

    def __le__(self, other: Value) -> bool | Condition:
        return compare(self.space, other - self, ">=")

    def __gt__(self, other: Value) -> bool | Condition:
        return compare(self.space, self - other - 1, ">=")

    def __ge__(self, other: Value) -> bool | Condition:
        return compare(self.space, self - other, ">=")

    def equals(self, other: Value) -> bool | Condition:
        """Whether the two are the same number; `==` asks whether they are the same form."""
        return compare(self.space, self - other, "==")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expr) and self.space is other.space and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms.items()))
        return self._hash

    def __bool__(self) -> bool:
        return True

    def __index__(self) -> int:
        raise Undecided(self)

    @property
    def constant(self) -> int:
        """The term without letters."""
        return self.terms.get((), 0)  # type: ignore[no-any-return]

    @property
    def largest(self) -> Any:
        """The largest number that is written in it: a coefficient, or one within a floor or a maximum."""
        numbers = [abs(c) for c in self.terms.values()]
        numbers += [
            part.largest if isinstance(part, Expr) else abs(part)
            for atom in self.atoms()
            for part in atom.parts()
        ]
        return max(numbers)

    def atoms(self) -> list[Atom]:
        """The letters, floors, minima and maxima it is made of, in the order of their making."""
        numbers = {i for monomial in self.terms for i in monomial}
        return [self.space.atoms[i] for i in sorted(numbers)]

    def names(self) -> set[str]:
        """Every letter in it, those that stand for a quotient of another included."""
        return {name for atom in self.atoms() for name in atom.letters()}

    @property
    def letters(self) -> list[str]:
        """The letters in it, in the order they were declared."""
        found = self.names()
        return [name for name in self.space.symbols if name in found]

    def at(self, values: Mapping[str, int]) -> Any:
        """The number for these letters. Raises KeyError for one that is missing."""
        return self.space.function(self)(values)

    def put(self, values: Mapping[str, Value]) -> Value:
        """The form with some letters replaced by numbers or by other forms."""
        from .put import put

        return put(self, values)

    @property
    def text(self) -> str:
        """The form in the expression grammar: `(H - 1)//2 + 1`."""
        from .show import GRAMMAR, show

        return show(self, GRAMMAR)

    @property
    def latex(self) -> str:
        from .show import LATEX, show

        return show(self, LATEX)

    def __str__(self) -> str:
        from .show import PRINT, show

        return show(self, PRINT)

    def __format__(self, spec: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"Expr({self.text})"


def _sum(a: Expr, b: Value, sign: int) -> Value:
    if isinstance(b, Expr):
        terms = dict(a.terms)
        for monomial, c in b.terms.items():
            terms[monomial] = terms.get(monomial, 0) + sign * c
        return normal(a.space, terms)
    if isinstance(b, float):
        b = Fraction(str(b))
    if not isinstance(b, (int, Fraction)):
        return NotImplemented
    return normal(a.space, {**a.terms, (): a.terms.get((), 0) + sign * b})


def normal(space: Space, terms: Terms) -> Value:
    """The form without zero terms; a plain number where no letter is left."""
    kept = {m: c for m, c in terms.items() if c}
    if len(kept) > MOST_TERMS:
        raise Overgrown
    if not kept:
        return 0
    if len(kept) == 1 and () in kept:
        return plain(kept[()])
    return Expr(space, {m: plain(c) for m, c in kept.items()})


def plain(number: Any) -> Any:
    """A Fraction that is whole as an int."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number
