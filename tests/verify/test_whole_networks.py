"""Whole networks with the same weights and the same input: our kernels, PyTorch and onnxruntime, layer by layer.

What is compared is every layer's output and not only the last: a softmax of a thousand classes hides a lot.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from shapecalc.api import Selection, compute, read
from shapecalc.report.table import Table
from shapecalc.verify import run

from . import as_onnx, as_torch
from .world import settled

SMALL = [("lenet5", ""), ("alexnet", ""), ("vgg11", "64x64x3"), ("googlenet", ""), ("resnet18", "96x80x3"), ("mobilenet_v2", "65x64x3"),
         ("squeezenet", "95x95x3")]  # fmt: skip
FULL = [
    pytest.param(name, "", marks=pytest.mark.slow)
    for name in ("vgg11", "resnet18", "vgg16", "resnet50", "mobilenet_v2")
]
NEAR = 2e-4
"""How far two sums of float32 products may lie apart, as a share of the largest value of a layer."""


@lru_cache(maxsize=1)
def ours(name: str, image: str) -> tuple[Table, Any, dict[str, Any], dict[str, Any]]:
    """The table, the input, every layer's parameters, and every layer's output."""
    answer = compute(read(name), Selection(inputs={"input": image} if image else {}))
    graph, weights = answer.bound.graph, {}

    def keep(node: Any, drawn: Any) -> Any:
        weights[node.name] = settled(drawn)
        return weights[node.name]

    everything = graph._replace(outputs=tuple(node.name for node in graph.nodes))
    x = np.random.default_rng(5).standard_normal((2, *graph.inputs["input"])).astype(np.float32)
    values = run(everything, batch=2, inputs={"input": x}, parameters=keep).values
    return answer.table, x, weights, dict(values)


def compare(rows: Any, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert len(rows) > 5
    for row in rows:
        a, b = mine[row.name], theirs[row.name]
        assert a.shape == b.shape, row.name
        assert np.isfinite(a).all() and a.std() > 0, row.name
        assert np.abs(a - b).max() <= NEAR * np.abs(b).max(), (row.name, row.layer)


def pytorch(rows: Any, weights: Any, x: Any) -> dict[str, Any]:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: it is not asked")
    with torch.no_grad():
        found = as_torch.network(rows, weights)(torch.from_numpy(x))
    return {layer: value.numpy() for layer, value in found.items()}


def onnxruntime(rows: Any, weights: Any, x: Any) -> dict[str, Any]:
    runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed: it is not asked")
    pytest.importorskip("onnx", reason="onnx is not installed: no model can be written for onnxruntime")
    missing = {row.layer for row in rows if not hasattr(as_onnx.Writer, f"w_{row.layer}")}
    if missing:
        pytest.skip(f"the model writer of this test has no {', '.join(sorted(missing))}")
    options = runtime.SessionOptions()
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
    made = as_onnx.model(rows, weights, x.shape[1:]).SerializeToString()
    session = runtime.InferenceSession(made, options, providers=["CPUExecutionProvider"])
    found = session.run([row.name for row in rows], {"input": np.ascontiguousarray(np.moveaxis(x, -1, 1))})
    return {row.name: np.moveaxis(y, 1, -1) for row, y in zip(rows, found)}


@pytest.mark.parametrize("other", [pytorch, onnxruntime])
@pytest.mark.parametrize(("name", "image"), [*SMALL, *FULL])
def test_same_weights_same_values(name: str, image: str, other: Callable[..., Any]) -> None:
    table, x, weights, mine = ours(name, image)
    compare(table.rows, mine, other(table.rows, weights, x))
