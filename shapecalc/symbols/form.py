"""A closed form is a polynomial with whole coefficients over letters and over floors, minima and maxima of others.

Pitfall: two closed forms are the same only if they are written in one way, so every operation ends in the normal form
of `normal`; a form without letters is a plain int and never an Expr. What needs the letters' ranges is asked of the
space; a form that grows beyond what anybody reads is refused, and so is one that stays short while making it takes long.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Any

from ..errors import ShapeError
from ..symbolic import Symbolic, Undecided
from ..text import _
from .atoms import Atom, Floor, Size

if TYPE_CHECKING:
    from .condition import Condition
    from .space import Space

Monomial = tuple[int, ...]
"""The numbers of its atoms in their space, sorted, each as often as its power."""
Terms = dict[Monomial, Any]
Value = Any
"""An int, or an Expr."""
MOST_TERMS = 1_000
"""Terms of one form; those of networks that people write have 60."""
MOST_WORK = 2_000_000
"""Products of two terms in all long multiplications of one walk."""
LONG = 100
"""Products of terms from which on a multiplication is long."""


class Overgrown(ShapeError):
    """The refusal; where the layer is known, the engine gives it its place."""

    def __init__(self) -> None:
        message = _("a closed form would have more than {n:,} terms").format(n=MOST_TERMS)
        super().__init__("SC219", message, None, _("give some of the letters a number: --set NAME=128"))


class Expr(Symbolic):
    """A closed form in the letters of one space; `terms` has a coefficient for each monomial."""

    __slots__ = ("_hash", "space", "terms")
    space: Space

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
        return floor_divide(self.space, self, other)

    def __rfloordiv__(self, other: Value) -> Value:
        return floor_divide(self.space, other, self)

    def __mod__(self, other: Value) -> Value:
        return self - other * (self // other)

    def __rmod__(self, other: Value) -> Value:
        return other - self * (other // self)

    def __lt__(self, other: Value) -> bool | Condition:
        return self.space.compare(other - self - 1, ">=")

    def __le__(self, other: Value) -> bool | Condition:
        return self.space.compare(other - self, ">=")

    def __gt__(self, other: Value) -> bool | Condition:
        return self.space.compare(self - other - 1, ">=")

    def __ge__(self, other: Value) -> bool | Condition:
        return self.space.compare(self - other, ">=")

    def equals(self, other: Value) -> bool | Condition:
        """Whether the two are the same number; `==` asks whether they are the same form."""
        return self.space.compare(self - other, "==")

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
        return self.space.put(self, values)

    @property
    def text(self) -> str:
        """The form in the expression grammar: `(H - 1)//2 + 1`."""
        return self.space.show(self, "grammar")

    @property
    def latex(self) -> str:
        return self.space.show(self, "latex")

    def __str__(self) -> str:
        return self.space.show(self, "print")

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
        return whole_number(kept[()])
    return Expr(space, {m: whole_number(c) for m, c in kept.items()})


def whole_number(number: Any) -> Any:
    """A Fraction that is whole as an int."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def floor_divide(space: Space, a: Value, b: Value) -> Value:
    """⌊a / b⌋ of two forms or numbers: what divides evenly leaves the floor, and a floor of a floor becomes one.

    ⌊(⌊p / e⌋ + c) / d⌋ = ⌊(p + c·e) / (e·d)⌋ (Graham, Knuth, Patashnik, Concrete Mathematics, 3.11): so a chain of
    windows is itself one window. This needs whole numbers below the line that are positive, as strides are.
    """
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


def in_sizes(form: Expr) -> Any:
    """The form with sizes in the place of floors, where that makes it no longer; for printing and for bounds alone."""
    space = form.space
    floors = {i for monomial in form.terms for i in monomial if i in space.sizes}
    if not floors:
        return form
    total: Any = 0
    for monomial, c in form.terms.items():
        product: Any = Expr(space, {(): c})
        for i in monomial:
            if i in floors:
                added = space.sizes[i]
                size = space.atom(Size(i, added)).terms
                product = _times(product, {**size, **({(): -added} if added else {})})
            else:
                product = _times(product, {(i,): 1})
        total = product if total == 0 else Expr(space, _add(total.terms, product.terms))
    kept = {m: c for m, c in total.terms.items() if c}
    return Expr(space, kept) if len(kept) <= len(form.terms) else form


def _times(form: Expr, terms: Terms) -> Expr:
    out: Terms = {}
    for a, p in form.terms.items():
        for b, q in terms.items():
            key = tuple(sorted(a + b))
            out[key] = out.get(key, 0) + p * q
    return Expr(form.space, out)


def _add(a: Terms, b: Terms) -> Terms:
    out = dict(a)
    for monomial, c in b.items():
        out[monomial] = out.get(monomial, 0) + c
    return out
