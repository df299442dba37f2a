"""Runs a graph from the first row to the last: draws, executes, counts, and throws away what nobody needs any more.

Pitfall: a predicted number never comes in here. Shapes are those of the arrays that were made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from ..errors import ShapeError
from ..graph import Graph, Node
from .counted import Counted, Tally
from .draw import Draw
from .kernels import load

MACS = ("mul",)


class Measured(NamedTuple):
    """What running one layer showed; None in `shape` where it has no kernel or could not be run."""

    name: str
    layer: str
    shape: tuple[int, ...] | None
    weights: int = 0
    biases: int = 0
    buffers: int = 0
    ops: Mapping[str, int] = {}
    live: int | None = None
    lows: tuple[Any, ...] | None = None
    highs: tuple[Any, ...] | None = None
    seconds: float = 0.0
    problem: str | None = None


class Measurement(NamedTuple):
    """A whole run; `values` holds the outputs' arrays by name."""

    layers: tuple[Measured, ...]
    values: Mapping[str, Any]
    seconds: float


def run(
    graph: Graph,
    seed: int = 0,
    *,
    batch: int = 1,
    until: str | None = None,
    fields: bool = False,
    progress: Callable[[int, int], None] | None = None,
    inputs: Mapping[str, Any] | None = None,
    parameters: Callable[[Node, Any], Any] | None = None,
) -> Measurement:
    """Run `graph` on drawn numbers, up to the layer `until` where given.

    `inputs` and `parameters` take the place of drawn arrays (batch first, channels last), for comparison with others.
    """
    draw = Draw(seed)
    tally = Tally()
    begin = time.perf_counter()
    values: dict[str, Counted] = {}
    reaches: dict[str, Any] = {}
    for name, shape in graph.inputs.items():
        array = np.asarray(inputs[name], np.float32) if inputs else draw.input(batch, *shape)
        values[name] = Counted(array, tally)
        reaches[name] = [np.arange(n) for n in shape[:-1]]
        reaches[name] = (reaches[name], reaches[name])
    nodes = _needed(graph, until)
    last = _last_uses(nodes, (until,) if until else graph.outputs)
    results = []
    for index, node in enumerate(nodes):
        measured = _one(node, values, draw, tally, reaches if fields else None, parameters)
        results.append(measured)
        for name in last.get(index, ()):
            values.pop(name, None)
            reaches.pop(name, None)
        if progress:
            progress(index + 1, len(nodes))
    kept = {name: value.data for name, value in values.items()}
    return Measurement(tuple(results), kept, time.perf_counter() - begin)


def _one(node: Node, values: dict[str, Counted], draw: Draw, tally: Tally, reaches: Any, parameters: Any) -> Measured:
    """Run one layer and measure it."""
    kernel = load(node.layer)
    if kernel is None or any(name not in values for name in node.inputs):
        return Measured(node.name, node.layer, None, problem=None if kernel else "no kernel")
    xs = tuple(values[name] for name in node.inputs)
    draw.counts.update(weights=0, biases=0, buffers=0)
    tally.counts.clear()
    begin = time.perf_counter()
    try:
        weights = kernel.draw(draw, tuple(x.shape[1:] for x in xs), node.options) if hasattr(kernel, "draw") else None
        if parameters:
            weights = parameters(node, weights)
        y = kernel.forward(xs, weights, node.options)
    except (ShapeError, ValueError, IndexError) as error:
        return Measured(node.name, node.layer, None, problem=str(error))
    seconds = time.perf_counter() - begin
    ops = dict(tally.counts)
    live = kernel.live(xs, weights, node.options) if hasattr(kernel, "live") else None
    lows = highs = None
    if reaches is not None:
        lows, highs = _reach(kernel, node, reaches, xs)
        reaches[node.name] = None if lows is None else (lows, highs)
    values[node.name] = y
    shape = y.shape[1:]
    return Measured(node.name, node.layer, shape, draw.counts["weights"], draw.counts["biases"], draw.counts["buffers"],
                    ops, live, lows, highs, seconds)  # fmt: skip


def _reach(kernel: Any, node: Node, reaches: Any, xs: tuple[Counted, ...]) -> Any:
    """First and last input pixels behind each output position, an array an axis; None where there are no axes."""
    known = [reaches.get(name) for name in node.inputs]
    if any(k is None for k in known):
        return None, None
    if hasattr(kernel, "reach"):
        return kernel.reach(*known[0], node.options, xs[0])
    if getattr(kernel, "sees", "places") == "everything":
        return None, None
    lows = [np.min(axis, axis=0) for axis in zip(*(k[0] for k in known))]
    highs = [np.max(axis, axis=0) for axis in zip(*(k[1] for k in known))]
    return lows, highs


def _needed(graph: Graph, until: str | None) -> tuple[Node, ...]:
    """The nodes to run: all of them, or those that `until` depends on."""
    if until is None:
        return graph.nodes
    wanted, chosen = {until}, []
    for node in reversed(graph.nodes):
        if node.name in wanted:
            chosen.append(node)
            wanted.update(node.inputs)
    return tuple(reversed(chosen))


def _last_uses(nodes: tuple[Node, ...], outputs: tuple[str | None, ...]) -> dict[int, list[str]]:
    """Which values nobody needs after each step."""
    last = {name: index for index, node in enumerate(nodes) for name in (node.name, *node.inputs)}
    leaving: dict[int, list[str]] = {}
    for name, index in last.items():
        if name not in outputs:
            leaving.setdefault(index, []).append(name)
    return leaving
