"""Where an axis lies in an array, batch first, and how channels split; both refuse what does not fit.

Pitfall: a letter's place depends on the rank: C is first of a vector and last of a map.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array

LETTERS = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}
SPATIAL = (2, 3, 4)


def need(x: Array, *ranks: int) -> None:
    """Refuse an input, its batch left out, of any other rank."""
    if len(x.shape) - 1 not in ranks:
        raise ShapeError("SC407", f"{len(x.shape) - 1} axes are not among {ranks}")


def place(x: Array, letter: str) -> int:
    """Which axis of a batch carries this letter; D is another name for the last one."""
    letters = LETTERS.get(len(x.shape) - 1, "")
    letter = "C" if letter == "D" else letter
    if letter not in letters:
        raise ShapeError("SC407", f"no axis {letter} among {letters or 'so many axes'}")
    return letters.index(letter) + 1


def inner(x: Array) -> tuple[int, ...]:
    """The axes between batch and channels."""
    return tuple(range(1, len(x.shape) - 1))


def share(channels: int, groups: int) -> int:
    """How many channels each group gets."""
    each = len(range(0, channels, groups))
    if each * groups != channels:
        raise ShapeError("SC404", f"{channels} channels do not split into {groups} groups")
    return each


def rowwise(vector: Any, x: Array) -> Any:
    """One number a channel, repeated for a whole row of a map: NumPy then runs along rows and not along channels."""
    return np.tile(vector, (x.shape[-2], 1)) if len(x.shape) > 3 else vector


def row(y: tuple[int, ...]) -> int:
    """How many numbers `rowwise` takes for a map of this shape."""
    return y[-2] * y[-1] if len(y) > 3 else 0


def channels_only(lows: list[Any], highs: list[Any], o: Any, x: Array) -> tuple[list[Any], list[Any]]:
    """What is seen through a layer that cuts channels; raises ValueError where it cuts a spatial axis."""
    if place(x, o["axis"]) != len(x.shape) - 1:
        raise ValueError("a part of the picture stays where it is when the picture grows")
    return lows, highs
