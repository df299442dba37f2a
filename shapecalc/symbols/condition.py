"""A comparison of closed forms: decided where the bounds of the difference decide it, else a condition on the letters.

Pitfall: an undecided condition is neither true nor false. Its truth value raises Undecided; `assume` takes it as given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..symbolic import Undecided

if TYPE_CHECKING:
    from .space import Space


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
        from .assume import assume

        assume(self.space, self.form, self.sign)

    @property
    def text(self) -> str:
        """The condition in the expression grammar, `H >= 33`."""
        from .show import GRAMMAR, show_sides

        return show_sides(self.form, self.sign, GRAMMAR)

    def __str__(self) -> str:
        from .show import PRINT, show_sides

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
