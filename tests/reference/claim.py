"""What a line of the lecture notes says, what is true, and how the program is asked.

Pitfall: `exact` is a literal, and what `ask` gives comes out of a report or a Formula, never out of the test's own
arithmetic: otherwise a broken formula would go unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from .net import net, sizes

Ask = Callable[[], Any]
NUMBER = re.compile(r"(\d+(?:\.\d+)?)([MK]?)")


class Claim(NamedTuple):
    """`said` is what the notes say: a number, a shape, a tuple of them, or their own words where they use words.

    `instead` puts a wrong claim's words into numbers, and `within` is how far a rounded figure may be off.
    """

    verdict: str
    said: Any
    exact: Any
    ask: Ask
    within: float = 0.0
    instead: Any = None


def right(said: Any, ask: Ask) -> Claim:
    """The notes' own number comes out."""
    return Claim("right", said, said, ask)


def shapes(lines: str) -> dict[str, Claim]:
    """Right shapes, a line each: the claim, the network, the row (or block, or input), and what the notes say."""
    rows = [line.split() for line in lines.strip().splitlines()]
    return {name: right(sizes(said), partial(_shape, spec, row)) for name, spec, row, said in rows}


def _shape(spec: str, row: str) -> tuple[int, ...]:
    return net(spec).shape(row)


def rounded(said: Any, exact: Any, within: float, ask: Ask) -> Claim:
    """Right in the digits that were written."""
    return Claim("right", said, exact, ask, within)


def words(said: Any, exact: Any, ask: Ask) -> Claim:
    """Right, and said in words, in a formula or in part; `exact` is what it comes to."""
    return Claim("right", said, exact, ask)


def about(said: Any, exact: Any, ask: Ask, within: float = 0.0) -> Claim:
    """Approximately right: a rounded number (`within`), or true with exceptions, which `exact` shows."""
    return Claim("approximately_right", said, exact, ask, within)


def unclear(said: Any, exact: Any, ask: Ask) -> Claim:
    """Depends on a picture that is not there, or says two things; `exact` is what can be known."""
    return Claim("ambiguous", said, exact, ask)


def wrong(said: Any, exact: Any, ask: Ask, instead: Any = None) -> Claim:
    """Not so: `exact` is, and `instead` is what the words would have come to."""
    return Claim("WRONG", said, exact, ask, instead=said if instead is None else instead)


def numbers(value: Any) -> list[float]:
    """All numbers in a text (62.4M counts its million), in a shape, or in tuples of them."""
    if isinstance(value, str):
        scale = {"": 1, "K": 10**3, "M": 10**6}
        return [float(digits) * scale[unit] for digits, unit in NUMBER.findall(value)]
    if isinstance(value, Iterable):
        return list(chain.from_iterable(map(numbers, value)))
    return [float(value)]
