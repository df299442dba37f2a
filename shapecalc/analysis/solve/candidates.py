"""All values of several names, made when they are asked for: a million of them take no more room than their ranges.

Pitfall: the last name runs fastest, and a candidate's place in that order is all that is kept of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import overload


class Candidates(Sequence[Mapping[str, int]]):
    """Every combination of the values of `ranges`; with `chosen`, only those at these places."""

    def __init__(self, ranges: Mapping[str, range], chosen: Sequence[int] | None = None) -> None:
        self.ranges = ranges
        self.chosen = range(prod(map(len, ranges.values()))) if chosen is None else chosen

    def __len__(self) -> int:
        return len(self.chosen)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, int]: ...
    @overload
    def __getitem__(self, index: slice) -> Candidates: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, int] | Candidates:
        if isinstance(index, slice):
            return Candidates(self.ranges, self.chosen[index])
        place, values = self.chosen[index], []
        for numbers in reversed(list(self.ranges.values())):
            place, i = divmod(place, len(numbers))
            values.append(numbers[i])
        return dict(zip(self.ranges, reversed(values)))

    def __iter__(self) -> Iterator[Mapping[str, int]]:
        if isinstance(self.chosen, range) and len(self.chosen) == prod(map(len, self.ranges.values())):
            return (dict(zip(self.ranges, values)) for values in product(*self.ranges.values()))
        return map(self.__getitem__, range(len(self.chosen)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
