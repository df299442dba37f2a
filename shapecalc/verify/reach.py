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
from .room import Shaped

Sizes = Mapping[str, tuple[int, ...]]
Found = dict[str, "Reach | None"]


class Reach(NamedTuple):
    """First and last pixel of the input `origin` behind each output position: an array for each spatial axis.

    Behind paths of different strides there are none: `split` says that they met.
    """

    lows: list[Any]
    highs: list[Any]
    origin: str = ""
    split: bool = False

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
    for node in (*graph.nodes, *(composite.node for composite in graph.composites)):
        try:
            found[node.name] = _through(node, found, real)
        except Exception:  # what cannot be walked confirms nothing, and running it says why
            found[node.name] = None


def alignments(
    graph: Graph, found: Found, wider: Found, more: Mapping[str, tuple[int, ...]]
) -> dict[str, bool]:
    """A layer's paths are aligned if all that met in it or before see around one centre, at one stride; True or False.

    `wider` is the same on a picture with `more` pixels along each axis of an input. Only what has a field is listed.
    """
    known = {name: True for name in graph.inputs if found.get(name)}
    for node in graph.nodes:
        if found.get(node.name) is None or not known.keys() >= set(node.inputs):
            continue
        before = [known[name] for name in node.inputs]
        known[node.name] = all(before) and (len(before) == 1 or _together(node.inputs, found, wider, more))
    return known


def _together(
    names: tuple[str, ...], found: Found, wider: Found, more: Mapping[str, tuple[int, ...]]
) -> bool:
    """Return True if the fields of these paths have one stride and one centre along every axis."""
    fields = set()
    for name in names:
        reach, large = found[name], wider[name]
        if reach is None or large is None or reach.split:
            return False
        axes = [reach.field(axis, large, extra) for axis, extra in enumerate(more[reach.origin])]
        fields.add(tuple(axis and (axis[0] - axis[2] - axis[2], axis[1]) for axis in axes))
    return len(fields) == 1 and None not in next(iter(fields))


def _through(node: Node, found: Found, real: Found) -> Reach | None:
    kernel, reaches = load(node.layer), [r for r in map(found.get, node.inputs) if r is not None]
    if kernel is None or getattr(kernel, "sees", "") == "everything" or len(reaches) < len(node.inputs):
        return None
    first = reaches[0]
    if any(r.origin != first.origin for r in reaches):
        return None
    if any(r.split for r in reaches) or _out_of_step(reaches, kernel, node):
        return Reach([], [], first.origin, split=True)
    if hasattr(kernel, "joined") and len(reaches) > 1:
        lows, highs = kernel.joined(reaches, node.options)
        return Reach(lows, highs, first.origin)
    if hasattr(kernel, "reach"):
        x = Shaped((1, *map(len, first.lows), 1))
        settled = _settled(node, first, real[node.inputs[0]])
        lows, highs = kernel.reach(first.lows, first.highs, settled, x)
        return Reach(lows, highs, first.origin)
    if len({len(r.lows) for r in reaches}) > 1:
        return None
    lows = [np.min(axis, axis=0) for axis in zip(*(r.lows for r in reaches))]
    return Reach(lows, [np.max(axis, axis=0) for axis in zip(*(r.highs for r in reaches))], first.origin)


def _out_of_step(reaches: list[Reach], kernel: Any, node: Node) -> bool:
    """Return True if paths that are equally long on the real picture are not on this one: their strides differ.

    Along an axis on which they are laid side by side they need not be equally long.
    """
    if len({len(r.lows) for r in reaches}) > 1:
        return False
    beside = kernel.beside(len(reaches[0].lows), node.options) if hasattr(kernel, "beside") else None
    return any(
        len(set(map(len, axis))) > 1 for i, axis in enumerate(zip(*(r.lows for r in reaches))) if i != beside
    )


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
