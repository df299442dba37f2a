"""Which input pixels reach an output: the first and the last one are carried through every layer, position by position.

Pitfall: no array of the network is needed for that, only how windows walk; so the picture can be taken as large as a
field is. Padding reaches nothing: a field that hangs over the edge is cut off there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ..errors import ShapeError
from ..graph import Graph
from .kernels import load


class Reach(NamedTuple):
    """First and last input pixel behind each output position: an array of indices for each spatial axis."""

    lows: list[Any]
    highs: list[Any]


class _Shaped(NamedTuple):
    """Stands for an array of which only the shape is asked."""

    shape: tuple[int, ...]


def reach(graph: Graph, sizes: Mapping[str, tuple[int, ...]]) -> dict[str, Reach | None]:
    """Reaches of every input and layer for inputs of these spatial `sizes`; None where a layer sees everything."""
    found: dict[str, Reach | None] = {}
    for name, size in sizes.items():
        places = [np.arange(n) for n in size]
        found[name] = Reach(places, places) if places else None
    for node in graph.nodes:
        found[node.name] = _through(node.layer, [found[name] for name in node.inputs], node.options)
    return found


def _through(word: str, known: list[Reach | None], options: Any) -> Reach | None:
    kernel = load(word)
    if kernel is None or getattr(kernel, "sees", "") == "everything" or any(k is None for k in known):
        return None
    reaches = [k for k in known if k is not None]
    if hasattr(kernel, "reach"):
        first = reaches[0]
        x = _Shaped((1, *(len(axis) for axis in first.lows), 1))
        try:
            return Reach(*kernel.reach(first.lows, first.highs, options, x))
        except ShapeError:
            return None
    if len({tuple(map(len, r.lows)) for r in reaches}) > 1:
        return None
    lows = [np.min(axis, axis=0) for axis in zip(*(r.lows for r in reaches))]
    return Reach(lows, [np.max(axis, axis=0) for axis in zip(*(r.highs for r in reaches))])
