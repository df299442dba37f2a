"""Lots drawn by a seed: the same text gives the same draws, on every machine and every version of Python.

Pitfall: only `random()` itself is promised to stay the same between versions; shuffling and choosing are not.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Lot:
    """A source of draws; `seed` is any text."""

    def __init__(self, *seed: object) -> None:
        self.draw = random.Random("\x1f".join(map(str, seed))).random  # noqa: S311

    def one(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[int(self.draw() * len(items))]

    def order(self, items: Iterable[T], weight: Sequence[float] = ()) -> list[T]:
        """All items in a random order; heavier ones come earlier (Efraimidis & Spirakis 2006)."""
        listed = list(items)
        weights = weight or [1.0] * len(listed)
        keys = [self.draw() ** (1 / w) for w in weights]
        return [listed[i] for i in sorted(range(len(listed)), key=lambda i: (-keys[i], i))]
