"""A floor and what is added to it where it is a size, ⌊(H − 11) / 4⌋ + 1, kept together as one factor.

Pitfall: this is a second way to write a form. It is for printing and for bounds, and never mixes with the normal form.
"""

from __future__ import annotations

from typing import Any

from .atoms import Atom
from .expr import Expr, Terms


class Size(Atom):
    """A floor with the number that makes it a size, for printing alone."""

    __slots__ = ("added", "floor")

    def __init__(self, floor: int, added: int) -> None:
        self.floor = floor
        self.added = added


def in_sizes(form: Expr) -> Any:
    """The form with sizes in the place of floors, where that makes it no longer."""
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
