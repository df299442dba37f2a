"""How much memory a run takes, said before it begins: what lies there at each step, and what each kernel needs beside it.

Parameters are drawn without an array, and each kernel states its scratch. Pitfall: a result may lie in its input's memory,
which then stays; so may one that was cut from a larger canvas.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from ..graph import Graph, Node
from .draw import Weighing
from .kernels import load
from .room import Room, Shape
from .runner import last_uses, needed

BYTES = 4
"""Of one number."""
Needs = tuple[int, int, bool]
"""Numbers beside a layer's inputs and result while it runs, numbers of its result, and whether its inputs stay with that."""


def memory(graph: Graph, shapes: Mapping[str, Shape], *, until: str | None = None, threads: int = 1) -> int:
    """Bytes of arrays at the fullest moment of a run; `shapes` of all inputs and layers have the batch in front."""
    nodes = needed(graph, until)
    leaving = last_uses(nodes, (until,) if until else graph.outputs)
    begins: dict[str, list[Node]] = {}
    for composite in graph.composites:
        begins.setdefault(composite.parts[0], []).append(composite.node)
    results = {composite.node.name: shapes[composite.output] for composite in graph.composites}
    alive, known = _Alive(graph.inputs, shapes), dict[Any, Needs]()
    most = alive.numbers

    def needs(node: Node, y: Shape) -> Needs:
        key = (node.layer, y, *(shapes[name] for name in node.inputs), *node.options.values())
        if key not in known:
            known[key] = _needs(node, shapes, y, threads)
        return known[key]

    for step, node in enumerate(nodes):
        for whole in begins.get(node.name, ()):
            extra, held, _stays = needs(whole, results[whole.name])
            most = max(most, alive.numbers + extra + held)
        extra, held, stays = needs(node, shapes[node.name])
        most = max(most, alive.numbers + extra + held)
        alive.add(node, held, stays)
        for name in leaving.get(step, ()):
            alive.drop(name)
    return BYTES * most


def _needs(node: Node, shapes: Mapping[str, Shape], y: Shape, threads: int) -> Needs:
    """Parameters and scratch of a layer, what its result takes, and whether its inputs' memory stays with that."""
    kernel, xs = load(node.layer), tuple(shapes[name] for name in node.inputs)
    if kernel is None:
        return 0, 0, False
    room, draw = Room(xs, y, node.options, threads), Weighing()
    try:
        if hasattr(kernel, "draw"):
            kernel.draw(draw, tuple(x[1:] for x in xs), node.options)
        scratch = kernel.scratch(room) if hasattr(kernel, "scratch") else 0
        stays = getattr(kernel, "view", False)
        held = kernel.holds(room) if hasattr(kernel, "holds") else 0 if stays else prod(y)
    except Exception:  # what cannot be run takes nothing, and running it says why
        return 0, 0, False
    return draw.numbers + scratch, held, stays


class _Alive:
    """Memory that values lie in; several may lie in the same, and it goes when the last of them does."""

    def __init__(self, inputs: Mapping[str, Shape], shapes: Mapping[str, Shape]) -> None:
        self.sizes = {name: prod(shapes[name]) for name in inputs}
        self.homes = {name: [name] for name in inputs}
        self.users = dict.fromkeys(inputs, 1)
        self.numbers = sum(self.sizes.values())

    def add(self, node: Node, held: int, stays: bool) -> None:
        """A new value of so many numbers of its own, that keeps what its inputs lie in if this `stays`."""
        homes = [node.name, *(home for name in node.inputs for home in self.homes.get(name, ()) if stays)]
        self.homes[node.name], self.sizes[node.name] = homes, held
        self.numbers += held
        for home in homes:
            self.users[home] = self.users.get(home, 0) + 1

    def drop(self, name: str) -> None:
        for home in self.homes.pop(name, ()):
            self.users[home] -= 1
            if not self.users[home]:
                self.numbers -= self.sizes.pop(home)
