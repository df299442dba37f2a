"""A comparison of closed forms: decided where the bounds of the difference decide it, else a condition on the letters.

A condition that is taken as given is solved for its letter where that is possible: `⌊(H − 1) / 32⌋ + 1 ≥ 7` is H ≥ 193.
Pitfall: an undecided condition is neither true nor false, and its truth value raises Undecided. An equation such as
2·⌊H / 2⌋ = H has no largest or least solution; it is a remainder, H mod 2 = 0, and two such conditions become one.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Any

from ..symbolic import Undecided
from .atoms import Extreme, Floor, Letter
from .form import Expr
from .show import GRAMMAR, PRINT, show_sides

if TYPE_CHECKING:
    from .space import Space

PERIOD, SCANNED = 4096, 4096


class Condition:
    """`form` >= 0, == 0 or != 0, which depends on the letters."""

    __slots__ = ("form", "sign", "space")

    def __init__(self, space: Space, form: Any, sign: str) -> None:
        self.space = space
        self.form = form
        self.sign = sign

    def __bool__(self) -> bool:
        raise Undecided(self)

    def __invert__(self) -> Condition:
        if self.sign == ">=":
            return Condition(self.space, -1 - self.form, ">=")
        return Condition(self.space, self.form, "!=" if self.sign == "==" else "==")

    def assume(self) -> None:
        """Take it as given from here on: the letters' ranges shrink, and it is recorded."""
        assume(self.space, self.form, self.sign)

    @property
    def text(self) -> str:
        """The condition in the expression grammar, `H >= 33`."""
        return show_sides(self.form, self.sign, GRAMMAR)

    def __str__(self) -> str:
        return show_sides(self.form, self.sign, PRINT)


def _given(space: Space, form: Any, sign: str) -> bool:
    """Whether just this, or more than this, was assumed before."""
    for known, kind in space.others.values():
        more = form - known
        if kind == sign and (more == 0 or (sign == ">=" and isinstance(more, int) and more > 0)):
            return True
        if kind == sign == "==" and form + known == 0:
            return True
    return False


def compare(space: Space, form: Any, sign: str) -> bool | Condition:
    """Whether `form` is >= 0, == 0 or != 0; a Condition where that depends on the letters."""
    if sign == "!=":
        equal = compare(space, form, "==")
        return not equal if isinstance(equal, bool) else ~equal
    given, form = form, space.reduced(form)
    if not hasattr(form, "terms"):
        return bool(form >= 0 if sign == ">=" else form == 0)
    if _given(space, form, sign):
        return True
    low = space.low(form)
    if sign == ">=":
        if low is not None and low >= 0:
            return True
        high = space.high(form)
        return False if high is not None and high < 0 else Condition(space, given, sign)
    high = space.high(form)
    if low == 0 == high:
        return True
    if (low is not None and low > 0) or (high is not None and high < 0):
        return False
    return Condition(space, given, sign)


def assume(space: Space, form: Any, sign: str) -> None:
    """Take `form` >= 0, == 0 or != 0 as given; what could not be solved before may be now."""
    before = space.conditions()
    again = list(space.others.values())
    space.others.clear()
    for one in ((form, sign), *again):
        _take(space, *one)
    space.log += [(space.place, text) for text in space.conditions() if text not in before]


def _take(space: Space, form: Any, sign: str) -> None:
    truth = compare(space, form, sign)
    if truth is True:
        return
    form = space.reduced(form)
    if not (sign == ">=" and _at_least(space, form)) and not (sign == "==" and _equal(space, form)):
        text = Condition(space, space.settled(form), sign).text
        space.others.setdefault(text, (form, sign))


def _single(form: Expr) -> tuple[Any, Any, Any] | None:
    """(a, atom, c) of a form a·atom + c."""
    terms = [(m, c) for m, c in form.terms.items() if m]
    if len(terms) == 1 and len(terms[0][0]) == 1:
        ((number,), a) = terms[0]
        return a, form.space.atoms[number], form.constant
    return None


def _at_least(space: Space, form: Any) -> bool:
    """Solve form >= 0 for its one letter; whether that was possible."""
    if not isinstance(form, Expr):
        return bool(form >= 0)
    found = _single(form)
    if found is None:
        return _from_some_size_on(space, form)
    a, atom, c = found
    least = -(c // a) if a > 0 else None
    most = None if a > 0 else c // -a
    return _within(space, atom, least, most)


def _within(space: Space, atom: Any, least: Any, most: Any) -> bool:
    """Solve least <= atom, or atom <= most."""
    if isinstance(atom, Letter):
        _limit(space, atom.name, least, most)
        return True
    if isinstance(atom, Floor) and isinstance(atom.b, int):
        inner = atom.a - atom.b * least if most is None else atom.b * most + atom.b - 1 - atom.a
        return _at_least(space, inner)
    if isinstance(atom, Extreme) and (atom.word == "max") is (least is None):
        each = [f - least if most is None else most - f for f in atom.forms]
        solved = [_at_least(space, form) for form in each]
        return all(solved)
    return False


def _limit(space: Space, name: str, least: Any, most: Any) -> None:
    """Narrow a letter, or the letter of which this one is the quotient."""
    own = next((n for n in space.moduli if _hidden(space, n) == name), None)
    if own is None:
        space.limit(name, least, most)
        return
    m, r = space.moduli[own]
    space.limit(own, None if least is None else m * least + r, None if most is None else m * most + r)


def _hidden(space: Space, name: str) -> str:
    inner = space.inner(name)
    ((number,),) = (m for m in inner.terms if m)
    atom = space.atoms[number]
    assert isinstance(atom, Letter)
    return atom.name


def _from_some_size_on(space: Space, form: Expr) -> bool:
    """A form of one letter that is negative up to a size, and never again: the letter is larger than that."""
    name = _one_letter(form)
    if name is None:
        return False
    first = space.limits[name][0]
    values = space.function(form)
    signs = [values({name: first + i}) >= 0 for i in range(SCANNED)]
    failing = signs.index(True) if True in signs else SCANNED
    if not all(signs[failing:]) or failing >= SCANNED - 1:
        return False
    before = space.limits[name]
    space.limit(name, first + failing)
    least = space.low(form)
    if least is not None and least >= 0:
        _restore(space, name, before)
        _limit(space, name, first + failing, None)
        return True
    _restore(space, name, before)
    return False


def _restore(space: Space, name: str, limits: tuple[Any, Any]) -> None:
    space.limits[name] = limits
    space.forget()


def _one_letter(form: Expr) -> str | None:
    names = form.names()
    return names.pop() if len(names) == 1 else None


def _equal(space: Space, form: Any) -> bool:
    """Solve form == 0 for its one letter, as a number or as a remainder; whether that was possible."""
    if not isinstance(form, Expr):
        return bool(form == 0)
    found = _single(form)
    if found is not None:
        a, atom, c = found
        if c % a == 0:
            value = -c // a
            return _within(space, atom, value, None) and _within(space, atom, None, value)
    return _as_remainder(space, form)


def _as_remainder(space: Space, form: Expr) -> bool:
    """A form whose zeros come back again and again: those of one remainder become what is known of the letter."""
    name = _one_letter(form)
    divisors = [atom.b for atom in _floors(form)]
    if name is None or not divisors or not all(isinstance(b, int) for b in divisors):
        return False
    period = lcm(*divisors)
    low, high = space.low(form), space.high(form)
    if period > PERIOD or low is None or high is None:
        return False
    first, values = space.limits[name][0], space.function(form)
    zeros = {(first + i) % period for i in range(period) if values({name: first + i}) == 0}
    again = {(first + i) % period for i in range(period, 2 * period) if values({name: first + i}) == 0}
    for m in (d for d in range(2, period + 1) if period % d == 0):
        if zeros == again == {r for r in range(period) if r % m == min(zeros, default=0) % m}:
            _remember(space, name, m, min(zeros) % m)
            return True
    return False


def _floors(form: Any) -> list[Any]:
    """Every floor in a form, inner ones too."""
    found: list[Any] = []
    for atom in form.atoms() if isinstance(form, Expr) else ():
        found += [atom] if isinstance(atom, Floor) else []
        found += [floor for part in atom.parts() for floor in _floors(part)]
    return found


def _remember(space: Space, name: str, m: int, r: int) -> None:
    """Letter mod m is r; of a quotient's letter, what that says of the letter itself."""
    own = next((n for n in space.moduli if _hidden(space, n) == name), None)
    if own is None:
        space.moduli[name] = (m, r)
    else:
        outer, rest = space.moduli[own]
        space.moduli[own] = (outer * m, outer * r + rest)
    space.forget()
