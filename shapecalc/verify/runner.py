"""Runs a graph from the first row to the last: draws, executes, counts, and throws away what nobody needs any more.

Pitfall: a predicted number never comes in here. Shapes are those of the arrays that were made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from operator import index
from typing import Any, NamedTuple

import numpy as np

from ..errors import ShapeError
from ..graph import Graph, Node
from .counted import Counted, Tally
from .draw import Draw
from .kernels import load


class Measured(NamedTuple):
    """What running one layer showed; None in `shape` where it has no kernel or could not be run.

    `seconds` is the forward pass, without drawing parameters unless they are drawn while it runs (a dense layer's weights).
    `live` are the products that touched real input, of a layer whose products are multiply-accumulates; else None.
    `wires` are the connections: how often a number met a weight or a bias, where that is what the layer is made of.
    """

    name: str
    layer: str
    shape: tuple[int, ...] | None
    weights: int = 0
    biases: int = 0
    buffers: int = 0
    ops: Mapping[str, int] = {}
    live: int | None = None
    macs: int = 0
    wires: int = 0
    seconds: float = 0.0
    problem: str | None = None


class Measurement(NamedTuple):
    """A whole run; `values` holds the outputs' arrays by name, `composites` what each layer made of others is whole."""

    layers: tuple[Measured, ...]
    values: Mapping[str, Any]
    seconds: float
    composites: tuple[Measured, ...] = ()


def run(
    graph: Graph,
    seed: int = 0,
    *,
    batch: int = 1,
    until: str | None = None,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
    inputs: Mapping[str, Any] | None = None,
    parameters: Callable[[Node, Any], Any] | None = None,
) -> Measurement:
    """Run `graph` on drawn numbers, up to the layer `until` where given, and the blocks of a layer on `threads`.

    `inputs` and `parameters` take the place of drawn arrays (batch first, channels last), for comparison with others.
    """
    draw = Draw(seed)
    tally = Tally(threads)
    begin = time.perf_counter()
    values: dict[str, Counted] = {}
    for name, shape in graph.inputs.items():
        array = np.asarray(inputs[name], np.float32) if inputs else draw.input(batch, *shape)
        values[name] = Counted(array, tally)
    nodes = needed(graph, until)
    last = last_uses(nodes, (until,) if until else graph.outputs)
    wholes, results = _Wholes(graph, nodes, seed), []
    for step, node in enumerate(nodes):
        wholes.run(node, values, tally)
        measured = _one(node, values, draw, tally, parameters)
        results.append(measured)
        for name in last.get(step, ()):
            values.pop(name, None)
        if progress:
            progress(step + 1, len(nodes))
    kept = {name: value.data for name, value in values.items()}
    return Measurement(tuple(results), kept, time.perf_counter() - begin, tuple(wholes.results))


class _Wholes:
    """Layers made of others, each run whole on what its first part reads, with parameters of its own.

    Counts do not depend on values: what has the same word, options and input shapes is run once.
    """

    def __init__(self, graph: Graph, nodes: tuple[Node, ...], seed: int) -> None:
        running = {node.name for node in nodes} if graph.composites else set()
        self.waiting: dict[str, list[Node]] = {}
        for composite in graph.composites:
            if running.issuperset(composite.parts):
                self.waiting.setdefault(composite.parts[0], []).append(composite.node)
        self.draw = Draw(seed) if self.waiting else None
        self.known: dict[str, Measured] = {}
        self.results: list[Measured] = []

    def run(self, first: Node, values: dict[str, Counted], tally: Tally) -> None:
        """Run those that begin with this part; what comes out is thrown away."""
        for node in self.waiting.get(first.name, ()):
            assert self.draw
            shapes = [values[name].shape if name in values else None for name in node.inputs]
            key = repr((node.layer, shapes, node.options))
            if key in self.known:
                self.results.append(self.known[key]._replace(name=node.name, seconds=0.0))
                continue
            self.known[key] = _one(node, values, self.draw, tally, None)
            values.pop(node.name, None)
            self.results.append(self.known[key])


def _one(node: Node, values: dict[str, Counted], draw: Draw, tally: Tally, parameters: Any) -> Measured:
    """Run one layer and measure it."""
    kernel = load(node.layer)
    if kernel is None or any(name not in values for name in node.inputs):
        return Measured(node.name, node.layer, None, problem=None if kernel else "no kernel")
    xs = tuple(values[name] for name in node.inputs)
    draw.counts.update(weights=0, biases=0, buffers=0)
    tally.clear()
    try:
        weights = (
            kernel.draw(draw, tuple(x.shape[1:] for x in xs), node.options)
            if hasattr(kernel, "draw")
            else None
        )
        if parameters:
            weights = parameters(node, weights)
        begin = time.perf_counter()
        y = kernel.forward(xs, weights, node.options)
        seconds = time.perf_counter() - begin
        ops, products, met = dict(tally.counts), tally.products, tally.wires
        live = index(kernel.live(xs, weights, node.options)) if getattr(kernel, "live", None) else None
        wires = kernel.wires(xs, weights, node.options) if hasattr(kernel, "wires") else met
        batch, *shape = y.shape
        if batch != len(xs[0]):
            raise ValueError(f"{len(xs[0])} samples went in, {batch} came out")
    except ShapeError as error:
        return Measured(node.name, node.layer, None, problem=str(error))
    except Exception as error:  # a kernel that breaks has not confirmed its layer, and the others still can
        return Measured(node.name, node.layer, None, problem=f"{type(error).__name__}: {error}")
    values[node.name] = y
    macs = 0 if live is None else products if getattr(kernel, "gates", False) else ops.get("mul", 0)
    return Measured(
        node.name, node.layer, tuple(shape), draw.counts["weights"], draw.counts["biases"], draw.counts["buffers"],
        ops, live, macs, wires if hasattr(kernel, "wires") or getattr(kernel, "wired", False) else 0, seconds,
    )  # fmt: skip


def needed(graph: Graph, until: str | None) -> tuple[Node, ...]:
    """The nodes to run: all of them, or those that `until` depends on."""
    if until is None:
        return graph.nodes
    wanted, chosen = {until}, []
    for node in reversed(graph.nodes):
        if node.name in wanted:
            chosen.append(node)
            wanted.update(node.inputs)
    return tuple(reversed(chosen))


def last_uses(nodes: tuple[Node, ...], outputs: tuple[str | None, ...]) -> dict[int, list[str]]:
    """Which values nobody needs after each step."""
    last = {name: step for step, node in enumerate(nodes) for name in (node.name, *node.inputs)}
    leaving: dict[int, list[str]] = {}
    for name, step in last.items():
        if name not in outputs:
            leaving.setdefault(step, []).append(name)
    return leaving
