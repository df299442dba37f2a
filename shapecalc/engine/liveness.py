"""The most numbers alive at once in a forward pass: every tensor lives from when it is made to its last use.

Pitfall: a view (flatten, reshape, identity, dropout) has no memory of its own but keeps its input's alive; ReLU is a
layer like any other here, and not in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from ..graph import Graph, Shape
from ..layers import Layer
from ..symbolic import largest


def peak_activations(graph: Graph, layers: tuple[Layer, ...], shapes: Mapping[str, Shape]) -> int:
    """Numbers alive at the fullest moment, for one sample; layers run in the order of the rows."""
    storage = {name: name for name in graph.inputs}
    for node, layer in zip(graph.nodes, layers):
        storage[node.name] = storage[node.inputs[0]] if layer.view else node.name
    last = {storage[name]: -1 for name in graph.inputs}
    for index, node in enumerate(graph.nodes):
        for name in (node.name, *node.inputs):
            last[storage[name]] = index
    for name in graph.outputs:
        last[storage[name]] = len(graph.nodes)
    leaving: dict[int, list[str]] = {}
    for name, index in last.items():
        leaving.setdefault(index, []).append(name)
    alive = sum(prod(shape) for shape in graph.inputs.values())
    moments = [alive]
    for index, node in enumerate(graph.nodes):
        if storage[node.name] == node.name:
            alive += prod(shapes[node.name])
            moments.append(alive)
        alive -= sum(prod(shapes[name]) for name in leaving.get(index, ()))
    return largest(moments)
