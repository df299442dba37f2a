"""Whole networks with the same weights and the same input: our kernels, PyTorch and onnxruntime, layer by layer.

What is compared is every layer's output and not only the last: a softmax of a thousand classes hides a lot.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from shapecalc.api import Selection, compute, read
from shapecalc.report.table import Table
from shapecalc.verify import run

from . import as_onnx, as_torch

SMALL = [("lenet5", ""), ("alexnet", ""), ("vgg11", "64x64x3"), ("googlenet", ""), ("resnet18", "96x80x3"), ("mobilenet_v2", "65x64x3"),
         ("squeezenet", "95x95x3"), ("densenet121", "64x64x3")]  # fmt: skip
FULL = [
    pytest.param(name, "", marks=pytest.mark.slow)
    for name in ("vgg11", "resnet18", "vgg16", "resnet50", "mobilenet_v2")
]
NEAR = 2e-4
"""How far two sums of float32 products may lie apart, as a share of the largest value of a layer."""


@cache
def ours(name: str, image: str) -> tuple[Table, Any, dict[str, Any], dict[str, Any]]:
    """The table, the input, every layer's parameters, and every layer's output."""
    answer = compute(read(name), Selection(inputs={"input": image} if image else {}))
    graph, weights = answer.bound.graph, {}

    def keep(node: Any, drawn: Any) -> Any:
        weights[node.name] = drawn
        return drawn

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


@pytest.mark.parametrize(("name", "image"), [*SMALL, *FULL])
def test_pytorch(name: str, image: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: it is not asked")
    table, x, weights, mine = ours(name, image)
    with torch.no_grad():
        theirs = as_torch.network(table.rows, weights)(torch.from_numpy(x))
    compare(table.rows, mine, {layer: value.numpy() for layer, value in theirs.items()})


@pytest.mark.parametrize(("name", "image"), [*SMALL[:5], *FULL[:4]])
def test_onnxruntime(name: str, image: str) -> None:
    runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed: it is not asked")
    pytest.importorskip("onnx", reason="onnx is not installed: no model can be written for onnxruntime")
    table, x, weights, mine = ours(name, image)
    made = as_onnx.model(table.rows, weights, x.shape[1:])
    options = runtime.SessionOptions()
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = runtime.InferenceSession(made.SerializeToString(), options, providers=["CPUExecutionProvider"])
    found = session.run(
        [row.name for row in table.rows], {"input": np.ascontiguousarray(np.moveaxis(x, -1, 1))}
    )
    theirs = {row.name: np.moveaxis(y, 1, -1) for row, y in zip(table.rows, found)}
    compare(table.rows, mine, theirs)
