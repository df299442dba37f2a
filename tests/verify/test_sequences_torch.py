"""Whole attention and recurrent layers, run as a network, against PyTorch's own modules with the same weights.

Parameters are PyTorch's count, values its values; a causal mask, fewer heads of keys and a memory of its own included.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from shapecalc import catalogue
from shapecalc.engine import Bound, bind, tabulate
from shapecalc.errors import Source
from shapecalc.spec import load
from shapecalc.verify import run

torch = pytest.importorskip("torch", reason="PyTorch is not installed: nobody to compare with")
F = torch.nn.functional


def bound(inputs: dict[str, list[int]], entry: dict[str, Any]) -> Bound:
    text = f"input: {json.dumps(inputs)}\nlayers: {json.dumps([entry])}\n"
    return bind(load(Source("t.yaml", text), catalogue.base))


def recorded(drawn: Iterator[Any], pieces: list[Any]) -> Iterator[Any]:
    """The pieces of a matrix, kept as they are drawn."""
    for piece in drawn:
        pieces.append(piece)
        yield piece


def ours(network: Bound, arrays: dict[str, Any]) -> tuple[Any, dict[str, Any], int]:
    """The last layer's output, each layer's weights by the end of its name, and all parameters."""
    kept: dict[str, Any] = {}
    pieces: dict[str, list[Any]] = {}

    def keep(node: Any, weights: Any) -> Any:
        name = node.name.rpartition(".")[2]
        kept[name] = weights
        if isinstance(weights, tuple) and weights and isinstance(weights[0], Iterator):
            pieces[name] = []
            return (recorded(weights[0], pieces[name]), *weights[1:])
        return weights

    found = run(network.graph, batch=2, inputs=arrays, parameters=keep)
    kept |= {name: (np.concatenate(drawn, axis=1), *kept[name][1:]) for name, drawn in pieces.items()}
    params = tabulate(network).totals().params.total
    assert params == sum(m.weights + m.biases for m in found.layers)
    return found.values[network.graph.outputs[0]], kept, params


def tensor(x: Any) -> Any:
    return torch.from_numpy(np.ascontiguousarray(x))


def random(*shape: int) -> Any:
    return np.random.default_rng(7).standard_normal(shape).astype(np.float32)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("memory", [None, (9, 10)])
@pytest.mark.parametrize("causal", [False, True])
def test_mha(bias: bool, memory: tuple[int, int] | None, causal: bool) -> None:
    given = {"heads": 3, "bias": bias, "causal": causal, "from": ["x", "m"] if memory else ["x"]}
    inputs = {"x": [7, 12], "m": list(memory or (9, 10))}
    arrays = {name: random(2, *shape) for name, shape in inputs.items()}
    y, weights, params = ours(bound(inputs, {"mha": given}), arrays)
    width = {"kdim": memory[1], "vdim": memory[1]} if memory else {}
    module = torch.nn.MultiheadAttention(12, 3, bias=bias, batch_first=True, **width)
    assert params == sum(p.numel() for p in module.parameters())
    with torch.no_grad():
        matrices = [tensor(weights[name][0].T) for name in ("query", "key", "value")]
        if memory:
            for name, matrix in zip("qkv", matrices):
                getattr(module, f"{name}_proj_weight").copy_(matrix)
        else:
            module.in_proj_weight.copy_(torch.cat(matrices))
        module.out_proj.weight.copy_(tensor(weights["out"][0].T))
        if bias:
            module.in_proj_bias.copy_(torch.cat([tensor(weights[n][1]) for n in ("query", "key", "value")]))
            module.out_proj.bias.copy_(tensor(weights["out"][1]))
        x, m = tensor(arrays["x"]), tensor(arrays["m" if memory else "x"])
        mask = torch.ones(x.shape[1], m.shape[1], dtype=torch.bool).triu(1) if causal else None
        theirs = module(x, m, m, attn_mask=mask, need_weights=False)[0]
    np.testing.assert_allclose(y, theirs.numpy(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("groups", [1, 2, 6])
def test_fewer_heads_of_keys_and_values(groups: int) -> None:
    """PyTorch's function for grouped queries, between the same projections."""
    arrays = {"x": random(2, 5, 24)}
    entry = {"mha": {"heads": 6, "kv_heads": groups, "causal": True}}
    y, weights, params = ours(bound({"x": [5, 24]}, entry), arrays)
    assert params == {1: 1_400, 2: 1_600, 6: 2_400}[groups]
    x = tensor(arrays["x"])
    heads = [x @ tensor(w) + tensor(b) for w, b in (weights[name] for name in ("query", "key", "value"))]
    q, k, v = (h.unflatten(-1, (-1, 4)).transpose(1, 2) for h in heads)
    found = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    matrix, bias = weights["out"]
    theirs = found.transpose(1, 2).flatten(-2) @ tensor(matrix) + tensor(bias)
    np.testing.assert_allclose(y, theirs.numpy(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("word", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("bias", [False, True])
def test_recurrent(word: str, layers: int, bidirectional: bool, bias: bool) -> None:
    given = {"units": 5, "layers": layers, "bidirectional": bidirectional, "bias": bias, "biases": 2}
    arrays = {"x": random(2, 8, 3)}
    y, kept, params = ours(bound({"x": [8, 3]}, {word: given}), arrays)
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[word]
    module = kind(3, 5, num_layers=layers, bidirectional=bidirectional, bias=bias, batch_first=True)
    assert params == sum(p.numel() for p in module.parameters())
    with torch.no_grad():
        drawn = [
            array
            for layer in next(iter(kept.values()))
            for into, within, first, second in layer
            for array in (into.T, within.T, *((first, second) if bias else ()))
        ]
        for parameter, array in zip(module.parameters(), drawn, strict=True):
            parameter.copy_(tensor(array))
        theirs = module(tensor(arrays["x"]))[0]
    np.testing.assert_allclose(y, theirs.numpy(), rtol=1e-4, atol=1e-5)


def test_squeeze_and_excite() -> None:
    """torchvision's block is the same with 1×1 convolutions: 2·C·C/r weights, C/r + C biases."""
    arrays = {"x": random(2, 6, 5, 16)}
    y, weights, params = ours(bound({"x": [6, 5, 16]}, {"se": 4}), arrays)
    assert params == 148
    x = tensor(arrays["x"])
    (w1, b1), (w2, b2) = weights["fc1"], weights["fc2"]
    hidden = torch.relu(x.mean((1, 2)) @ tensor(w1) + tensor(b1))
    gate = torch.sigmoid(hidden @ tensor(w2) + tensor(b2))
    np.testing.assert_allclose(y, (x * gate[:, None, None]).numpy(), rtol=1e-4, atol=1e-5)
