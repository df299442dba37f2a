"""What a run takes is said before it begins: never less than NumPy then allocates, and not much more.

Each kernel's parameters, scratch and result against what `tracemalloc` sees at the fullest moment, for the awkward settings
of its layer and for those drawn at random, with so many samples that arrays outweigh Python's own objects.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from shapecalc import catalogue
from shapecalc.api import compute, read
from shapecalc.engine import bind
from shapecalc.errors import Source
from shapecalc.graph import Node
from shapecalc.spec import load
from shapecalc.verify import memory, run
from shapecalc.verify.counted import Counted, Tally
from shapecalc.verify.draw import Draw
from shapecalc.verify.memory import BYTES, _needs

from .networks import Network, bound, networks
from .sample import samples
from .test_built_ins import LIGHT, MACS
from .world import WORDS, kernel

OWN = 160 * 1024
"""Bytes of Python's own objects, and of NumPy's buffers for numbers that do not lie in a row."""
NETWORK = 2 * 2**20
"""Bytes of the block that numbers are drawn from, twice, and of the objects of some hundred layers."""
LARGE = 400_000
"""Numbers in a layer's inputs and output, about."""
MOST = 3.0
"""How many times too high an estimate may be."""


def runs(word: str) -> Iterator[tuple[Node, dict[str, tuple[int, ...]]]]:
    """Layers of this word as written, each with the shapes around it, the batch in front."""
    for sample in [s for s in samples(word) if s.legal][:12]:
        bound = sample.truth[0]
        wholes = [c.node for c in bound.graph.composites if c.node.layer == word]
        outputs = {c.node.name: bound.shapes[c.output] for c in bound.graph.composites}
        for node in (*bound.graph.nodes, *wholes):
            if node.layer == word:
                shapes = {**bound.shapes, **outputs}
                around = [prod(shapes[name]) for name in (*node.inputs, node.name)]
                batch = max(1, min(LARGE // sum(around), 1500))
                yield node, {name: (batch, *shapes[name]) for name in (*node.inputs, node.name)}


def measured(node: Node, shapes: dict[str, tuple[int, ...]], threads: int) -> int:
    """Bytes at the fullest moment beside the inputs."""
    tally, draw, found = Tally(threads), Draw(0), kernel(node.layer)
    xs = tuple(Counted(draw.input(*shapes[name]), tally) for name in node.inputs)
    for x in xs if node.layer == "attend" else ():
        np.abs(x.data, out=x.data)
    tracemalloc.start()
    try:
        weights: Any = None
        if hasattr(found, "draw"):
            weights = found.draw(draw, tuple(x.shape[1:] for x in xs), node.options)
        y = found.forward(xs, weights, node.options)
        if hasattr(found, "live"):
            found.live(xs, weights, node.options)
        if hasattr(found, "wires"):
            found.wires(xs, weights, node.options)
        assert y.shape == shapes[node.name]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("word", WORDS)
def test_a_kernel_takes_what_it_says(word: str) -> None:
    tried = 0
    for node, shapes in runs(word):
        threads = 1 + tried % 2
        said, held, _stays = _needs(node, shapes, shapes[node.name], threads)
        estimate = BYTES * (said + held)
        seen = measured(node, shapes, threads)
        told = (
            f"{node.options} on {[shapes[name] for name in node.inputs]}: {seen:,} bytes, {estimate:,} said"
        )
        assert seen <= estimate + OWN, told
        assert estimate <= MOST * seen + 4 * BYTES * sum(prod(shapes[n]) for n in node.inputs) + OWN, told
        tried += 1
    assert tried


NETWORKS = [name for name in catalogue.names() if MACS[name] < LIGHT // 4][::3]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_takes_what_it_says(name: str) -> None:
    bound = compute(read(name)).bound
    said = memory(bound.graph, {n: (1, *shape) for n, shape in bound.shapes.items()})
    tracemalloc.start()
    try:
        run(bound.graph)
        seen = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert seen <= said + NETWORK, f"{seen:,} bytes, {said:,} said"
    assert said <= 2.5 * seen + OWN, f"{seen:,} bytes, {said:,} said"


@settings(
    max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(networks())
def test_a_random_network_takes_what_it_says(network: Network) -> None:
    """Views outlive what they were cut from, and branches wait for one another."""
    net = bound(network.text)
    batch = max(1, min(LARGE // sum(prod(shape) for shape in net.shapes.values()), 600))
    said = memory(net.graph, {n: (batch, *shape) for n, shape in net.shapes.items()})
    tracemalloc.start()
    try:
        run(net.graph, batch=batch)
        seen = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert seen <= said + NETWORK and said <= MOST * seen, f"{seen:,} bytes, {said:,} said"


LARGE_LAYERS = [
    ("input: [4000]\nlayers: [{rbf: 200000}]\n", 3_200_000_000),
    ("input: [500, 256]\nlayers: [{lstm: {units: 1024, layers: 2, bidirectional: true}}]\n", 100_000_000),
    ("input: 256x256x8\nlayers: [{upsample: {scale: 2, mode: bilinear}}]\n", 16_000_000),
    ("input: [64, 64]\nlayers: [{linear: 1000000}]\n", 500_000_000),
]


@pytest.mark.parametrize(("text", "least"), LARGE_LAYERS)
def test_what_a_layer_makes_in_between_is_counted(text: str, least: int) -> None:
    """Buffers of 3.2 GB, and what lies beside an output before that is finished: nothing is run to learn it."""
    bound = bind(load(Source("t.yaml", text), catalogue.base))
    said = memory(bound.graph, {n: (1, *shape) for n, shape in bound.shapes.items()})
    assert least <= said <= 3 * least


def test_the_largest_matrix_is_never_whole() -> None:
    """VGG-16's fc1 has 102,760,448 weights, drawn some units at a time; its largest map has 3,211,264 numbers."""
    bound = compute(read("vgg16")).bound
    said = memory(bound.graph, {n: (1, *shape) for n, shape in bound.shapes.items()})
    assert 2 * 4 * 3_211_264 < said < 60_000_000
