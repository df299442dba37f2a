"""What a kernel's scratch depends on: the shapes that a run will have, known before there is an array.

Pitfall: a stand-in has a shape and nothing else, so whoever asks more of it is no estimate but a run.
"""

from __future__ import annotations

from math import prod
from typing import Any, NamedTuple

Shape = tuple[int, ...]


class Shaped(NamedTuple):
    """Stands for an array of which only the shape is asked."""

    shape: Shape

    @property
    def size(self) -> int:
        return prod(self.shape)


class Room(NamedTuple):
    """Shapes of one layer's inputs and output with the batch in front, its options, threads that work at once."""

    xs: tuple[Shape, ...]
    y: Shape
    o: Any
    threads: int = 1

    @property
    def first(self) -> Shaped:
        """The first input, as far as its shape."""
        return Shaped(self.xs[0])
