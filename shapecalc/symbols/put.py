"""Letters replaced by numbers or by other forms, all the way down through floors and maxima.

Pitfall: what comes out is built anew by arithmetic, so it is in normal form again: ⌊H / 2⌋ with 2·t for H is t.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .atoms import Letter
from .expr import Expr, Value, normal

if TYPE_CHECKING:
    from .space import Space


def put(form: Value, values: Mapping[str, Value]) -> Value:
    """`form` with some letters replaced."""
    return _Put(values).of(form)


class _Put:
    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self.done: dict[int, Value] = {}

    def of(self, form: Value) -> Value:
        if not isinstance(form, Expr):
            return form
        total: Value = 0
        for monomial, c in form.terms.items():
            product: Value = c
            for number in monomial:
                product = product * self.atom(form, number)
            total = total + product
        return total

    def atom(self, form: Expr, number: int) -> Value:
        if number not in self.done:
            atom = form.space.atoms[number]
            if isinstance(atom, Letter):
                self.done[number] = self.values.get(atom.name, Expr(form.space, {(number,): 1}))
            elif atom.letters() & self.values.keys():
                self.done[number] = atom.rebuilt(tuple(map(self.of, atom.parts())))
            else:
                self.done[number] = Expr(form.space, {(number,): 1})
        return self.done[number]


def whole_again(space: Space, form: Value, otherwise: Value) -> Value:
    """A form over t = (H − r) / m in the letter H again, if nothing is left to divide; else `otherwise`."""
    if not isinstance(form, Expr):
        return form
    hidden = {
        space.inner(name).terms and next(i for (i,) in filter(None, space.inner(name).terms)): name
        for name in space.moduli
    }
    total: Value = 0
    for monomial, c in form.terms.items():
        product: Value = 1
        divisor = 1
        for number in monomial:
            name = hidden.get(number)
            if name is None:
                product = product * Expr(space, {(number,): 1})
                continue
            m, r = space.moduli[name]
            product, divisor = product * (space.letter(name) - r), divisor * m
        if not isinstance(c, int) or c % divisor:
            return otherwise
        total = total + (c // divisor) * product
    if isinstance(total, Expr) and any(a.letters() - set(space.symbols) for a in total.atoms()):
        return otherwise
    return normal(space, total.terms) if isinstance(total, Expr) else total
