"""Long lists that are made when somebody asks: once for all, or anew each time, so that nothing of them is kept.

Pitfall: one that is made anew gives equal things and never the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")


class Lazy(Sequence[T]):
    """What `make` gives, made when first asked for."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self.make = make
        self.made: Sequence[T] | None = None

    @property
    def items(self) -> Sequence[T]:
        if self.made is None:
            self.made = self.make()
        return self.made

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self.items[index]


class Fleeting(Sequence[T]):
    """What `make` gives of each thing in `of`, made whenever it is asked for."""

    def __init__(self, make: Callable[[Any], T], of: Sequence[Any]) -> None:
        self.make = make
        self.of = of

    def __len__(self) -> int:
        return len(self.of)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return Fleeting(self.make, self.of[index]) if isinstance(index, slice) else self.make(self.of[index])

    def __iter__(self) -> Iterator[T]:
        return map(self.make, self.of)
