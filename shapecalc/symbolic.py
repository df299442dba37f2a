"""A size that is a letter so far: whoever computes asks this base whether a value is a number yet.

Pitfall: a comparison of letters may have no answer. Asked for a truth value it then raises Undecided, which carries
the condition; a shape rule assumes it and goes on, and everything else is refused in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .record import Record

T = TypeVar("T")


class Symbolic:
    """The base of every size that is no number yet; it has the arithmetic of integers."""

    __slots__ = ()
    space: Any
    """Where its letters live: what they may be, and what has been assumed of them."""

    if TYPE_CHECKING:

        def equals(self, other: Any) -> Any:
            """Whether the two are the same number, which may be undecided; `==` asks whether they look the same."""

        @property
        def largest(self) -> int:
            """The largest number that is written in it."""

        @property
        def text(self) -> str:
            """It in the expression grammar, as programs read it."""

        @property
        def latex(self) -> str:
            """It in LaTeX's mathematics."""

        def __floordiv__(self, other: Any) -> Any: ...
        def __neg__(self) -> Any: ...


class Algebra(Record):
    """What a formula's functions mean when its letters are no integers.

    `where` takes the place of if-else, and `equal` that of ==.
    """

    name: str
    functions: Mapping[str, Callable[..., Any]]


class Undecided(Exception):
    """A comparison that depends on what the letters will be; `condition` says on what."""

    def __init__(self, condition: Any) -> None:
        self.condition = condition
        super().__init__(str(condition))


def ceil_div(a: Any, b: Any) -> Any:
    """⌈a / b⌉ of whole numbers or closed forms, b at least 1: one definition, so that both round alike."""
    return (a + b - 1) // b


def has_letters(value: Any) -> bool:
    """Whether it is no number yet, or a shape with a size that is none."""
    if isinstance(value, (tuple, list)):
        return any(isinstance(v, Symbolic) for v in value)
    return isinstance(value, Symbolic)


def is_whole(value: Any) -> bool:
    """Whether it is a whole number or stands for one; a truth value is none."""
    if isinstance(value, Symbolic):
        return bool(value.space.is_whole_form(value))
    return isinstance(value, int) and not isinstance(value, bool)


def holds(truth: Any) -> bool:
    """Whether it is so; what depends on letters is assumed from here on, and recorded as a condition."""
    try:
        return bool(truth)
    except Undecided as open_:
        open_.condition.assume()
        return True


def known(truth: Any) -> bool:
    """Whether it is so for certain, whatever the letters will be."""
    try:
        return bool(truth)
    except Undecided:
        return False


def largest(values: Iterable[T]) -> T:
    """The largest of some sizes, a closed form where some are letters."""
    found = list(dict.fromkeys(values))
    letter: Any = next((v for v in found if isinstance(v, Symbolic)), None)
    return max(found) if letter is None else letter.space.largest(found)  # type: ignore[type-var]


def joined(sizes: Iterable[Any], sign: str = "×") -> str:
    """Sizes with a sign between, 28×28×6; a closed form that is more than a name stands in parentheses, (W − 2)×8."""
    texts = [f"({n})" if isinstance(n, Symbolic) and not str(n).isalnum() else str(n) for n in sizes]
    return sign.join(texts)
