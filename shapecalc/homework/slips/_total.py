"""A total with a slip: the same one in every layer, a layer too few or too many, or a sum that stopped early.

Pitfall: whoever forgets the biases forgets them everywhere, so a slip changes all the layers it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..question import Question
from ..working import Given, Working, taught
from ._chain import MISFIT
from ._slip import Slip, over, slips

MOST_SHOWN = 8
Wrong = tuple[Slip, int, str]


def wrong(asked: Question) -> Iterator[Wrong]:
    """Every wrong total of one slip."""
    layers = _layers(asked)
    values = [_number(w) for w in layers]
    for slip in over(asked.quantity):
        if slip.total is not None:
            yield from ((slip, n, work) for n, work in slip.total(asked, values))
        if _spreads(slip):
            yield from ((slip, n, work) for n, work in _everywhere(slip, layers, values))
    yield from _one_wrong(asked, layers, values)


def _spreads(slip: Slip) -> bool:
    """Return True if whoever makes it makes it in every layer; a slip of the sum itself is made once."""
    return slip.instead or (slip.total is None and not slip.replayed)


def _one_wrong(asked: Question, layers: list[Working], values: list[int]) -> Iterator[Wrong]:
    """The total over a column with one wrong number in it, a common slip of that layer."""
    carried, total = slips()["carried_error"], sum(values)
    common = [slip for slip in over(asked.quantity) if slip.weight > 1 and _spreads(slip)]
    for slip in common:
        for layer, value in zip(layers, values):
            for n in _ways(slip, layer) if value else ():
                yield carried, total - value + n, f"{total} − {value} + {n}"


def wrong_twice(
    asked: Question, together: Callable[[Slip, Slip], bool]
) -> Iterator[tuple[tuple[Slip, ...], int, str]]:
    """Every wrong total of two slips that are to be expected together."""
    layers = _layers(asked)
    total = sum(map(_number, layers))
    possible = [slip for slip in over(asked.quantity) if _spreads(slip)]
    for first in possible:
        halves = [_first(first, w) for w in layers]
        if all(half is None for half in halves):
            continue
        now = [half or w for half, w in zip(halves, layers)]
        numbers = [_number(w) for w in now]
        for second in possible:
            if second.part != first.part and together(first, second):
                pair = tuple(sorted((first, second), key=lambda s: s.part))
                yield from ((pair, n, work) for n, work in _everywhere(second, now, numbers) if n != total)


def _layers(asked: Question) -> list[Working]:
    return [taught(a._replace(quantity=asked.quantity, conventions=asked.conventions)) for a in asked.earlier]


def _number(w: Working) -> int:
    found = w.answer()
    return found if isinstance(found, int) else 0


def _first(slip: Slip, w: Working) -> Working | None:
    try:
        return next((c for c in slip.change(w) if isinstance(c, Working)), None)
    except MISFIT:
        return None


def _everywhere(slip: Slip, layers: list[Working], values: list[int]) -> Iterator[tuple[int, str]]:
    """The sums with the slip made in every layer that allows it, and in every one of one kind; a way at a time."""
    ways = [_ways(slip, w) for w in layers]
    yield from _sums(ways, values)
    words = {w.question.word for w, found in zip(layers, ways) if found}
    for word in sorted(words) if len(words) > 1 else ():
        yield from _sums([found if w.question.word == word else [] for w, found in zip(layers, ways)], values)


def _sums(ways: list[list[int]], values: list[int]) -> Iterator[tuple[int, str]]:
    for i in range(max(map(len, ways), default=0)):
        parts = [found[min(i, len(found) - 1)] if found else n for found, n in zip(ways, values)]
        yield sum(parts), added(parts)


def added(parts: list[int]) -> str:
    """A sum in print; "" where it would fill more than a line."""
    shown = [str(n) for n in parts if n]
    return " + ".join(shown) if len(shown) <= MOST_SHOWN else ""


def _ways(slip: Slip, w: Working) -> list[int]:
    found: list[int] = []
    try:
        for change in slip.change(w):
            value = change.value if isinstance(change, Given) else change.answer()
            if isinstance(value, int):
                found.append(value)
    except MISFIT:
        pass
    return found
