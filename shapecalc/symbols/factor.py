"""A form as a product where it is one: 150·H² − 1,200·H + 2,400 is 150·(H − 4)².

Only what products of sizes give is looked for: powers of one atom plus a number, and two such factors multiplied out.
Pitfall: this is for reading; sums of different products stay sums.
"""

from __future__ import annotations

from math import gcd

from .expr import Expr, Monomial

Product = tuple[int, Monomial, list[Expr]]
"""A number, atoms, and factors of the form atom + number."""


def factored(form: Expr) -> Product | None:
    """The form as a product, or None where it is none; a product of atoms alone needs no factoring."""
    if len(form.terms) < 2 or not all(isinstance(c, int) for c in form.terms.values()):
        return None
    common = _common(list(form.terms))
    terms = {_less(monomial, common): c for monomial, c in form.terms.items()}
    atoms = sorted({i for monomial in terms for i in monomial})
    if len(atoms) == 1:
        found = _roots(terms, atoms[0])
    elif len(atoms) == 2 and len(terms) == 4:
        found = _pair(terms, atoms)
    else:
        return None
    if found is None:
        return None
    number, shifts = found
    space = form.space
    return number, common, [Expr(space, {(i,): 1, **({(): c} if c else {})}) for i, c in shifts]


def _common(monomials: list[Monomial]) -> Monomial:
    """The atoms that are in every term, with their powers."""
    first = monomials[0]
    return tuple(i for i in sorted(set(first)) for _ in range(min(m.count(i) for m in monomials)))


def _less(monomial: Monomial, common: Monomial) -> Monomial:
    left = list(monomial)
    for i in common:
        left.remove(i)
    return tuple(left)


def _roots(terms: dict[Monomial, int], atom: int) -> tuple[int, list[tuple[int, int]]] | None:
    """c·(x + a)·(x + b) … of a polynomial in one atom, whole a and b."""
    degree = max(map(len, terms))
    coefficients = [terms.get((atom,) * k, 0) for k in range(degree, -1, -1)]
    number = gcd(*coefficients) * (-1 if coefficients[0] < 0 else 1)
    if coefficients[0] != number or degree < 2:
        return None
    left, shifts = [c // number for c in coefficients], list[tuple[int, int]]()
    while len(left) > 1:
        root = next((r for r in _divisors(left[-1]) if _value(left, r) == 0), None)
        if root is None:
            return None
        shifts.append((atom, -root))
        quotient = [left[0]]
        for c in left[1:-1]:
            quotient.append(c + quotient[-1] * root)
        left = quotient
    return number, shifts


def _divisors(n: int) -> list[int]:
    """Whole numbers that may be roots; those of a size are small."""
    if n == 0:
        return [0]
    found = [d for d in range(1, min(abs(n), 4096) + 1) if n % d == 0]
    return [sign * d for d in found for sign in (1, -1)]


def _value(coefficients: list[int], x: int) -> int:
    total = 0
    for c in coefficients:
        total = total * x + c
    return total


def _pair(terms: dict[Monomial, int], atoms: list[int]) -> tuple[int, list[tuple[int, int]]] | None:
    """c·(x + a)·(y + b), multiplied out."""
    x, y = atoms
    try:
        both, left, right, rest = terms[x, y], terms[x,], terms[y,], terms[()]
    except KeyError:
        return None
    if left % both or right % both or left * right != both * rest:
        return None
    return both, [(x, right // both), (y, left // both)]
