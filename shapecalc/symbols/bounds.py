"""The least value that a closed form can take while its letters run over their ranges.

Two ways, and the better one counts: intervals, term by term; and relaxation, which writes ⌊a / b⌋ as (a − r) / b with a
remainder 0 ≤ r < b, so that H − 2·⌊H / 2⌋ is seen to be 0 or 1. Pitfall: a bound may be lower than the true least value,
never higher; what it cannot decide stays a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, comb, prod
from typing import TYPE_CHECKING, Any

from .atoms import Call, Extreme, Floor, Letter, Size
from .form import Expr, Value, in_sizes

if TYPE_CHECKING:
    from .space import Space

Bound = Any
"""A number, or None for no bound."""
Interval = tuple[Bound, Bound]
Relaxed = dict[tuple[int, ...], Fraction]
CORNERS = 6
RELAXED = 20_000
"""Terms up to which a form is written out over its letters' distances from their least values, all steps together."""
SCANNED = 512
"""How many sizes are tried one by one below the size from which a form only grows."""


def low(space: Space, form: Expr) -> Bound:
    """The greatest lower bound that can be shown; None where there is none."""
    least = _interval(space, form)[0]
    if _rises(space, form):
        return ceil(least) if least is not None and space.is_whole_form(form) else least
    bounds = (least, _interval(space, in_sizes(form))[0], _relaxed_low(space, form))
    found = [bound for bound in bounds if bound is not None]
    if not found:
        return None
    return ceil(max(found)) if space.is_whole_form(form) else max(found)


def _rises(space: Space, form: Expr) -> bool:
    """Whether it only rises, or only falls, with letters that are never negative: then its interval is exact."""
    letters = all(
        isinstance(atom, Letter) and (space.limits[atom.name][0] or 0) >= 0 for atom in form.atoms()
    )
    return letters and len({c > 0 for monomial, c in form.terms.items() if monomial}) == 1


def _interval(space: Space, form: Any) -> Interval:
    if not isinstance(form, Expr):
        return form, form
    least: Bound = 0
    most: Bound = 0
    for monomial, c in form.terms.items():
        below, above = _product([_atom(space, number) for number in monomial])
        below, above = (_times(below, c), _times(above, c))[:: 1 if c > 0 else -1]
        least = None if least is None or below is None else least + below
        most = None if most is None or above is None else most + above
    return least, most


def _times(bound: Bound, c: Any) -> Bound:
    return None if bound is None else bound * c


def _plus(bound: Bound, added: int) -> Bound:
    return None if bound is None else bound + added


def _atom(space: Space, number: int) -> Interval:
    known = space.ranges.get(number)
    if known is None:
        known = space.ranges[number] = _range(space, space.atoms[number])
    return known


def _range(space: Space, atom: Any) -> Interval:
    if isinstance(atom, Size):
        below, above = _atom(space, atom.floor)
        return _plus(below, atom.added), _plus(above, atom.added)
    if isinstance(atom, Letter):
        return space.limits[atom.name]
    if isinstance(atom, Floor):
        below, above = space.low(atom.a), space.high(atom.a)
        if not isinstance(atom.b, Expr):
            return tuple(None if end is None else end // atom.b for end in (below, above))  # type: ignore[return-value]
        return (0 if below is not None and below >= 0 else None), (
            above if above is not None and above >= 0 else None
        )
    if isinstance(atom, Extreme):
        lows, highs = [space.low(f) for f in atom.forms], [space.high(f) for f in atom.forms]
        if atom.word == "max":
            return max((b for b in lows if b is not None), default=None), None if None in highs else max(
                highs
            )
        return None if None in lows else min(lows), min((b for b in highs if b is not None), default=None)
    assert isinstance(atom, Call)
    return atom.arguments[-1], None


def _product(factors: list[Interval]) -> Interval:
    """The range of a product; where one may be negative and another has no end, nothing is known."""
    least: Bound = 1
    most: Bound = 1
    for below, above in factors:
        if below is not None and below >= 0 and least is not None and least >= 0:
            least, most = least * below, None if most is None or above is None else most * above
        elif None in (below, above, least, most):
            return None, None
        else:
            ends = [a * b for a in (least, most) for b in (below, above)]
            least, most = min(ends), max(ends)
    return least, most


def _relaxed_low(space: Space, form: Expr) -> Bound:
    """The lower bound of the form with every floor written as (a − r) / b; None where it may sink without end."""
    ranges = _Ranges()
    try:
        relaxed = _relax(space, form, ranges)
    except _NoBoundError:
        return None
    free = [v for v, most in ranges.items() if most is None]
    parts: dict[tuple[int, ...], Relaxed] = {}
    for monomial, c in relaxed.items():
        key = tuple(v for v in monomial if ranges[v] is None)
        parts.setdefault(key, {})[tuple(v for v in monomial if ranges[v] is not None)] = c
    grouped = {key: _least(part, ranges) for key, part in parts.items()}
    if all(c >= 0 for key, c in grouped.items() if key):
        return grouped.get((), 0)
    return _growing(space, form, grouped, free) if len(free) == 1 else None


def _least(part: Relaxed, ranges: dict[int, Bound]) -> Fraction:
    """The least value of a polynomial over remainders, each from 0 to its greatest.

    Without powers it lies in a corner; with powers, or too many corners, term by term.
    """
    variables = sorted({v for monomial in part for v in monomial})
    linear = all(len(set(monomial)) == len(monomial) for monomial in part)
    if len(variables) > CORNERS or not linear:
        corners: Iterable[Any] = ()
    else:
        corners = product(*((0, ranges[v]) for v in variables))
    found = [_value(part, dict(zip(variables, corner))) for corner in corners]
    return (
        min(found)
        if found
        else sum((min(Fraction(0), _most(m, c, ranges)) if m else c for m, c in part.items()), Fraction(0))
    )


def _value(part: Relaxed, at: dict[int, Any]) -> Fraction:
    return sum((c * prod(at[v] for v in monomial) for monomial, c in part.items()), Fraction(0))


def _most(monomial: tuple[int, ...], c: Fraction, ranges: dict[int, Bound]) -> Fraction:
    return Fraction(c * prod(ranges[v] for v in monomial))


class _NoBoundError(Exception):
    """A part of a form has no lower bound."""


class _Ranges(dict[int, Bound]):
    """How far each variable of a relaxation goes, from 0; `effort` counts the terms that were made on the way."""

    effort = 0


def _relax(space: Space, form: Any, ranges: _Ranges) -> Relaxed:
    """A polynomial over variables from 0 on: letters and atoms less their least values, and remainders."""
    if not isinstance(form, Expr):
        return {(): Fraction(form)} if form else {}
    out: Relaxed = {}
    for monomial, c in form.terms.items():
        made: Relaxed = {(): Fraction(c)}
        for number in monomial:
            made = _multiplied(made, _relaxed_atom(space, number, ranges))
            ranges.effort += len(made)
            if ranges.effort > RELAXED:
                raise _NoBoundError
        for key, value in made.items():
            out[key] = out.get(key, Fraction(0)) + value
    return {key: value for key, value in out.items() if value}


def _relaxed_atom(space: Space, number: int, ranges: _Ranges) -> Relaxed:
    atom = space.atoms[number]
    if isinstance(atom, Floor) and isinstance(atom.b, int):
        inner = _relax(space, atom.a, ranges)
        ranges[-1 - number] = atom.b - 1 if space.is_whole_form(atom.a) else atom.b
        out = {key: value / atom.b for key, value in inner.items()}
        out[(-1 - number,)] = Fraction(-1, atom.b)
        return out
    below, above = _atom(space, number)
    if below is None:
        raise _NoBoundError
    ranges[number] = None if above is None else Fraction(above) - Fraction(below)
    return {(number,): Fraction(1), **({(): Fraction(below)} if below else {})}


def _multiplied(a: Relaxed, b: Relaxed) -> Relaxed:
    out: Relaxed = {}
    for left, p in a.items():
        for right, q in b.items():
            key = tuple(sorted(left + right))
            out[key] = out.get(key, Fraction(0)) + p * q
    return out


def _growing(space: Space, form: Expr, grouped: Relaxed, free: list[int]) -> Bound:
    """The least value of a form of one letter: looked up one by one, up to where its lower bound only grows."""
    atom = space.atoms[free[0]]
    if not isinstance(atom, Letter) or form.names() != {atom.name}:
        return None
    first = space.limits[atom.name][0]
    degree = max(map(len, grouped))
    coefficients = [grouped.get((free[0],) * k, Fraction(0)) for k in range(degree + 1)]
    reach = 1
    while any(c < 0 for c in shifted(coefficients, reach)[1:]):
        reach *= 2
        if reach > SCANNED:
            return None
    values = space.function(form)
    seen: Iterable[Any] = (values({atom.name: first + i}) for i in range(reach))
    return min(*seen, shifted(coefficients, reach)[0])


def shifted(coefficients: list[Fraction], by: int) -> list[Fraction]:
    """The coefficients of p(x + by), the lowest first."""
    size = len(coefficients)
    return [
        sum((coefficients[j] * comb(j, k) * by ** (j - k) for j in range(k, size)), Fraction(0))
        for k in range(size)
    ]


def extreme(space: Space, word: str, forms: Sequence[Value]) -> Value:
    """The `max` or `min` of forms and numbers, as one form, without those that can never be it.

    Equal ones go first, so that few pairs are compared.
    """
    sign = 1 if word == "max" else -1
    kept: list[Value] = []
    for form in _flat(space, word, forms):
        if any(_never_less(space, other - form, sign) for other in kept):
            continue
        kept = [other for other in kept if not _never_less(space, form - other, sign)]
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


def _never_less(space: Space, difference: Value, sign: int) -> bool:
    """Whether the first of two can take the place of the second: it is never less (of a min: never more)."""
    difference = space.reduced(difference * sign)
    if not isinstance(difference, Expr):
        return bool(difference >= 0)
    least = space.low(difference)
    return least is not None and bool(least >= 0)


def _order(form: Value) -> tuple[int, str]:
    return (0, form.text) if isinstance(form, Expr) else (1, str(form))
