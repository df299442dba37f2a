"""What a polynomial is made of: a letter, a floor of a quotient, the largest or smallest of some forms, or a call.

Pitfall: an atom is made once per space and then known by its number, so that equal forms have equal monomials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .space import Space


class Atom:
    """The base; `number` is its place in its space."""

    __slots__ = ("number", "space")
    number: int
    space: Space

    def parts(self) -> tuple[Any, ...]:
        """The forms inside it."""
        return ()

    def letters(self) -> set[str]:
        return {name for part in self.parts() if hasattr(part, "names") for name in part.names()}

    def rebuilt(self, parts: tuple[Any, ...]) -> Any:
        """The same operation on other forms."""
        raise NotImplementedError


class Letter(Atom):
    """A size that a reader will fill in; `whole` is False for a multiplier such as alpha."""

    __slots__ = ("name", "whole")

    def __init__(self, name: str, whole: bool = True) -> None:
        self.name = name
        self.whole = whole

    def letters(self) -> set[str]:
        return {self.name}


class Floor(Atom):
    """⌊a / b⌋; b is a number wherever the layers' strides are."""

    __slots__ = ("a", "b")

    def __init__(self, a: Any, b: Any) -> None:
        self.a = a
        self.b = b

    def parts(self) -> tuple[Any, ...]:
        return (self.a, self.b)

    def rebuilt(self, parts: tuple[Any, ...]) -> Any:
        a, b = parts
        return a // b


class Extreme(Atom):
    """The largest (`max`) or the smallest (`min`) of several forms."""

    __slots__ = ("forms", "word")

    def __init__(self, word: str, forms: tuple[Any, ...]) -> None:
        self.word = word
        self.forms = forms

    def parts(self) -> tuple[Any, ...]:
        return self.forms

    def rebuilt(self, parts: tuple[Any, ...]) -> Any:
        return self.space.extreme(self.word, parts)


class Call(Atom):
    """round_to(x, m): a function that stays one until x is a number."""

    __slots__ = ("arguments", "word")

    def __init__(self, word: str, arguments: tuple[Any, ...]) -> None:
        self.word = word
        self.arguments = arguments

    def parts(self) -> tuple[Any, ...]:
        return self.arguments

    def rebuilt(self, parts: tuple[Any, ...]) -> Any:
        return self.space.call(self.word, parts)


class Size(Atom):
    """A floor and what is added to it where it is a size, ⌊(H − 11) / 4⌋ + 1; for printing and bounds alone."""

    __slots__ = ("added", "floor")

    def __init__(self, floor: int, added: int) -> None:
        self.floor = floor
        self.added = added
