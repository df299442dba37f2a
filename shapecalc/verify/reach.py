"""Which input pixels reach an output: the first and the last one are carried through every layer, position by position.

Pitfall: no array of the network is needed for that, only how windows walk; so the picture can be taken as large as a
field is. Padding reaches nothing: a field that hangs over the edge is cut off there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ..graph import Graph, Node
from .kernels import _adaptive, _walk, load

Sizes = Mapping[str, tuple[int, ...]]
Found = dict[str, "Reach | None"]


class Reach(NamedTuple):
    """First and last pixel of the input `origin` behind each output position: an array for each spatial axis."""

    lows: list[Any]
    highs: list[Any]
    origin: str = ""

    def field(self, axis: int, wider: Reach, more: int) -> tuple[int, int, int] | None:
        """Extent, stride and padding before the first pixel, as whole windows show; None if they differ, or there are none.

        `wider` is the same on a picture with `more` pixels along the axis, as many as a window has. A window is whole if
        no end of the picture has cut it: counted from either end, it sees the same pixels on both pictures.
        """
        low, high, low_2, high_2 = self.lows[axis], self.highs[axis], wider.lows[axis], wider.highs[axis]
        n, later = len(low), len(low_2) - len(low)
        if later < 0:
            return None
        same = (
            (low == low_2[:n])
            & (high == high_2[:n])
            & (low_2[later:] - more == low)
            & (high_2[later:] - more == high)
        )
        whole = np.flatnonzero(same & (low <= high))
        sizes, strides = set((high - low + 1)[whole].tolist()), set(np.diff(low[whole]).tolist())
        if len(sizes) != 1 or len(strides) != 1 or whole[-1] - whole[0] >= len(whole):
            return None
        stride: int = strides.pop()
        return sizes.pop(), stride, int(whole[0] * stride - low[whole[0]])


class _Shaped(NamedTuple):
    """Stands for an array of which only the shape is asked."""

    shape: tuple[int, ...]


def reach(graph: Graph, sizes: Sizes) -> Found:
    """Reaches of every input and layer; None where a layer sees everything, or could not be walked.

    The inputs have these spatial `sizes`, larger than they are, but every layer walks as it does on the real ones.
    """
    real: Found = {}
    _walk_all(graph, {name: shape[:-1] for name, shape in graph.inputs.items()}, real, real)
    large: Found = {}
    _walk_all(graph, sizes, large, real)
    return large


def _walk_all(graph: Graph, sizes: Sizes, found: Found, real: Found) -> None:
    for name, size in sizes.items():
        places = [np.arange(n) for n in size]
        found[name] = Reach(places, places, name) if places else None
    for node in graph.nodes:
        try:
            found[node.name] = _through(node, found, real)
        except Exception:  # what cannot be walked confirms nothing, and running it says why
            found[node.name] = None


def _through(node: Node, found: Found, real: Found) -> Reach | None:
    kernel, reaches = load(node.layer), [r for r in map(found.get, node.inputs) if r is not None]
    if kernel is None or getattr(kernel, "sees", "") == "everything" or len(reaches) < len(node.inputs):
        return None
    origin = reaches[0].origin
    if any(r.origin != origin for r in reaches):
        return None
    if hasattr(kernel, "joined") and len(reaches) > 1:
        lows, highs = kernel.joined(reaches, node.options)
        return Reach(lows, highs, origin)
    if hasattr(kernel, "reach"):
        first = reaches[0]
        x = _Shaped((1, *map(len, first.lows), 1))
        settled = _settled(node, first, real[node.inputs[0]])
        lows, highs = kernel.reach(first.lows, first.highs, settled, x)
        return Reach(lows, highs, origin)
    if len({tuple(map(len, r.lows)) for r in reaches}) > 1:
        return None
    lows = [np.min(axis, axis=0) for axis in zip(*(r.lows for r in reaches))]
    return Reach(lows, [np.max(axis, axis=0) for axis in zip(*(r.highs for r in reaches))], origin)


def _settled(node: Node, first: Reach, real: Reach | None) -> Mapping[str, Any]:
    """The options, with those worked out that depend on the picture's size: as the real one has them."""
    o: Mapping[str, Any] = node.options
    sizes = [len(low) for low in real.lows] if real else []
    if o.get("padding") == "keep":
        walks = zip(sizes, o["kernel"], o["stride"] or o["kernel"], o["dilation"])
        return {
            **o,
            "padding": [_walk.sides(n, range(0, f * d, d)[-1] + 1, s, "keep") for n, f, s, d in walks],
        }
    if "size" in o and not any(size > 1 for size in o["size"]):
        raise ValueError("one window sees everything")
    if "size" in o:
        counts = zip(sizes, o["size"], map(len, first.lows))
        return {**o, "size": [_as_many(_adaptive.bounds(n, m), large) for n, m, large in counts]}
    return o


def _as_many(windows: list[slice], n: int) -> int:
    """How many windows of the same size there are on n pixels; raises ValueError where they are not all alike."""
    width = windows[0].stop - windows[0].start
    if any(w != slice(i * width, i * width + width) for i, w in enumerate(windows)):
        raise ValueError("windows of different sizes have no one field")
    return len(range(0, n, width))
