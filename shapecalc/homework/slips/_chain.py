"""The layers before the one that is asked: replayed with something changed, the steps after it being right.

Pitfall: only a chain can be replayed; where a layer does not read the one before it alone, the replay stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from ...errors import ShapeError
from ...graph import Shape
from ..asked import Asked


def map_before(asked: Asked) -> Shape | None:
    """The map that a fully connected layer's vector was flattened from, if it was one."""
    if asked.word not in ("fc", "flatten") or not asked.inputs:
        return None
    if len(asked.inputs[0]) > 1:
        return asked.inputs[0]
    last = asked.earlier[-1] if asked.earlier else None
    flat = last and last.word == "flatten" and prod(last.inputs[0]) == asked.inputs[0][0]
    return last.inputs[0] if last and flat else None


def linear(asked: Asked) -> tuple[Asked, ...]:
    """The last earlier layers, each of which reads the one before it alone, and the last of which `asked` reads."""
    found: list[Asked] = []
    wanted = asked.inputs
    for step in reversed(asked.earlier):
        try:
            if len(wanted) != 1 or step.layer().y != wanted[0]:
                break
        except (ShapeError, ArithmeticError):
            break
        found.append(step)
        wanted = step.inputs
    return tuple(reversed(found))


def replay(steps: tuple[Asked, ...], x: Shape, last: Asked) -> Asked:
    """`last`, with the shape that `x` has become after `steps`. Raises ShapeError where something does not fit."""
    for step in steps:
        x = _fed(step, x).layer().y
    return _fed(last, x)


def _fed(step: Asked, x: Shape) -> Asked:
    flat = step.word == "fc" and len(x) > 1 and len(step.inputs[0]) == 1
    return step._replace(inputs=((prod(x),) if flat else x,))


def sources(asked: Asked) -> Iterator[tuple[Asked, Shape]]:
    """Every earlier layer of the chain with its output, the nearest first."""
    for step in reversed(linear(asked)):
        yield step, step.layer().y
