"""Layers made of others: their parts, by formula, against a run in one piece that was written from their papers.

A mistake in a body would agree with itself, for both sides read the parts; so each body is spoilt in every way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shapecalc import reconcile
from shapecalc.errors import SpecError
from shapecalc.graph import Graph
from shapecalc.verify import run

from . import quantities
from .bodies import composites, kind, mistakes, planted
from .conftest import Cli
from .sample import BATCH, Sample, samples
from .world import settled


def legal(word: str) -> list[Sample]:
    """Networks of one such layer, made anew: what the plan of another was read as is not asked."""
    found = [sample for sample in samples(word) if sample.legal]
    assert len(found) >= 3, f"{word} needs awkward settings, in which every option matters"
    return found


def anew(sample: Sample) -> Sample:
    copy = object.__new__(Sample)
    copy.text, copy.legal = sample.text, sample.legal
    return copy


def wrong(sample: Sample) -> bool:
    """Return True if this network is refused, or does not agree with itself."""
    try:
        bound, table = anew(sample).answer()
    except (SpecError, AssertionError):
        return True
    return reconcile.verify(bound, table, fields=True).ok is False


@pytest.mark.parametrize("word", composites())
def test_the_whole_agrees_with_its_parts(word: str) -> None:
    for sample in legal(word):
        found = reconcile.verify(*sample.answer(), fields=True)
        assert found.ok is True, found.sentences()
        assert [check.layer for check in found.composites] == [word]
        (check,) = found.composites
        assert check.parts and check.compared["params"].measured > 0


UNCOUNTED: dict[str, set[str]] = {
    "mha": {"scores: causal lost"},
    "se": {"linear for fc"},
}
"""A mask saves no product, so no count tells; the values do, see `test_a_lost_mask_changes_values`. And of a vector, fc and
linear are one."""


@pytest.mark.parametrize("word", composites())
def test_every_mistake_in_a_body_is_caught(word: str) -> None:
    survivors, tried = set(), 0
    for name, body in mistakes(word):
        tried += 1
        with planted(word, body):
            if not any(wrong(sample) for sample in legal(word)):
                survivors.add(name)
    assert survivors <= UNCOUNTED.get(word, set())
    assert tried >= 8


def test_a_lost_depth_multiplier_is_told_with_both_numbers(cli: Cli, tmp_path: Path) -> None:
    """3 channels, two 3×3 filters each, and 5 filters on 6 maps: 54 weights, 30 and 15 biases were 99 and 5."""
    spec = tmp_path / "net.yaml"
    spec.write_text("input: 8x8x3\nlayers: [{separable: {filters: 5, multiplier: 3, bias: false}}]\n")
    assert cli("verify", spec).code == 0
    body = kind("separable").BODY.replace("multiplier: multiplier, ", "")
    with planted("separable", body):
        code, out, _err = cli("verify", spec)
        data = cli("verify", spec, "--format", "json").json
        lines = cli("verify", spec, "--format", "csv").out.splitlines()
    assert code == 1
    assert "separable1: weights is 42 (depthwise1 27 + conv1 15) in its parts, and 126 in one piece" in out
    assert "0 of 1 layer made of others (separable)" in out
    assert [line.split()[1] for line in out.splitlines() if line.startswith("✗")] == ["separable1", "total"]
    assert data["ok"] is False and all(layer["ok"] for layer in data["layers"])
    (check,) = data["composites"]
    assert check["parts"] == ["separable1.depthwise1", "separable1.conv1"]
    assert check["weights"] == {"predicted": 42, "measured": 126, "ok": False}
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["true", "separable1.depthwise1"],
        ["true", "separable1.conv1"],
        ["false", "separable1"],
    ]


def test_what_agrees_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "net.yaml"
    spec.write_text("input: 8x8x16\nlayers:\n  - se: {repeat: 3, reduction: 4}\n  - separable: 4\n")
    found = cli("verify", spec)
    assert (
        found.code == 0
        and (
            "4 of 4 layers made of others (se, separable), run in one piece with weights of their own, "
            "agree with their parts in all but values."
        )
        in found.out
    )
    assert "made of others" not in cli("verify", "lenet5").out
    assert [c["name"] for c in cli("verify", spec, "--format", "json").json["composites"]] == [
        "se1", "se2", "se3", "separable1",
    ]  # fmt: skip


def test_up_to_the_middle_of_one_it_is_not_run(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "net.yaml"
    spec.write_text("input: 8x8x3\nlayers: [{separable: 5}]\n")
    found = cli("verify", spec, "--layer", "separable1.depthwise1", "--format", "json").json
    assert found["ok"] and found["composites"] == []


def test_a_whole_without_a_kernel_is_unverified(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shapecalc.verify import kernels, runner

    spec = tmp_path / "net.yaml"
    spec.write_text("input: 8x8x3\nlayers: [{separable: 5}]\n")
    monkeypatch.setattr(runner, "load", lambda word: None if word == "separable" else kernels.load(word))
    found = cli("verify", spec)
    assert found.code == 1 and "separable1: unverified, no kernel" in found.out
    assert [line[0] for line in found.out.splitlines() if "separable1 " in line or "total" in line] == [
        "?",
        "?",
    ]


def test_the_graph_carries_what_was_written() -> None:
    """A default that depends on the input is left open, a word stays a word, and parts have the order of the rows."""
    sample = Sample({"x": [7, 12], "m": [9, 10]}, [{"mha": {"heads": 3, "from": ["x", "m"], "name": "a"}}])
    (composite,) = sample.truth[0].graph.composites
    assert composite.node.name == "a" and composite.node.inputs == ("x", "m")
    assert composite.node.options == {"heads": 3, "d": None, "kv_heads": None, "bias": True, "causal": False}
    assert [part.removeprefix("a.") for part in composite.parts] == [
        "query", "key", "value", "scores1", "softmax1", "attend1", "out",
    ]  # fmt: skip
    assert composite.output == "a.out"
    (same,) = Sample([8, 8, 3], [{"separable": {"filters": 5, "padding": "same"}}]).truth[0].graph.composites
    assert same.node.options == {"filters": 5, "kernel": (3, 3), "stride": (1, 1), "padding": "same",
                                 "multiplier": 1, "bias": True}  # fmt: skip


def _attention(parts: Mapping[str, Any], o: Mapping[str, Any]) -> Any:
    """The columns of each projection, head by head."""

    def cut(name: str, count: int) -> list[tuple[Any, Any]]:
        matrix, bias = whole(parts[name])
        biases = [None] * count if bias is None else np.split(bias, count)
        return list(zip(np.split(matrix, count, axis=1), biases))

    groups = o["kv_heads"] or o["heads"]
    return cut("query", o["heads"]), cut("key", groups), cut("value", groups), whole(parts["out"])


def whole(dense: Any) -> tuple[Any, Any]:
    """A dense layer's matrix, of the columns that it is drawn in, and its bias."""
    columns, bias = dense
    return np.concatenate(columns, axis=1), bias


def _squeeze(parts: Mapping[str, Any], o: Mapping[str, Any]) -> Any:
    (first, narrow), (second, wide) = whole(parts["fc1"]), whole(parts["fc2"])
    return first.T, narrow, second.T, wide


def _separable(parts: Mapping[str, Any], o: Mapping[str, Any]) -> Any:
    (spatial, _bias), (mixing, bias) = parts["depthwise1"], parts["conv1"]
    return spatial, mixing.reshape(spatial.shape[-2], spatial.shape[-1], -1), bias


ADAPTERS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Any]] = {
    "mha": _attention, "se": _squeeze, "separable": _separable,
}  # fmt: skip


def values(graph: Graph, word: str) -> Iterator[Any]:
    """What the parts make of drawn numbers, and what the whole makes of the same with the same weights."""
    parts: dict[str, Any] = {}

    def keep(node: Any, weights: Any) -> Any:
        parts[node.name.rpartition(".")[2]] = settled(weights)
        return parts[node.name.rpartition(".")[2]]

    rng = np.random.default_rng(3)
    inputs = {n: rng.standard_normal((BATCH, *x)).astype(np.float32) for n, x in graph.inputs.items()}
    yield run(graph, batch=BATCH, inputs=inputs, parameters=keep).values[graph.outputs[0]]
    (composite,) = graph.composites
    weights = ADAPTERS[word](parts, composite.node.options)
    alone = Graph("alone", graph.inputs, (composite.node,), (composite.node.name,))
    found = run(alone, batch=BATCH, inputs=inputs, parameters=lambda node, drawn: weights)
    yield found.values[composite.node.name]


@pytest.mark.parametrize("word", composites())
def test_same_weights_same_values(word: str) -> None:
    assert word in ADAPTERS, f"{word}: say how the weights of its parts are those of the whole"
    for sample in legal(word):
        graph = sample.truth[0].graph
        if set(graph.inputs) == set(graph.composites[0].node.inputs):
            of_parts, of_whole = values(graph, word)
            np.testing.assert_allclose(of_parts, of_whole, rtol=2e-4, atol=2e-5)


def test_a_lost_mask_changes_values() -> None:
    """The one mistake that no count tells."""
    lost = next(body for name, body in mistakes("mha") if name == "scores: causal lost")
    with planted("mha", lost):
        graph = Sample([5, 12], [{"mha": {"heads": 2, "causal": True}}]).answer()[0].graph
        of_parts, of_whole = values(graph, "mha")
    assert not np.allclose(of_parts, of_whole, rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("word", composites())
def test_every_number_of_the_whole_is_held_to(word: str) -> None:
    """The kernel of the whole, wrong by one, halved or lost in one number at a time."""
    truths = [sample.truth for sample in legal(word)[:6]]
    shown = [run(bound.graph, batch=BATCH).composites[0] for bound, _table in truths]
    own = {f"ops.{op}" for m in shown for op in m.ops} | {"macs_on_data", "connections", "weights", "biases"}
    survivors = set()
    for mutant in quantities.of_kernel(word, own):
        with mutant.plant():
            if all(reconcile.verify(*truth, fields=True).ok is True for truth in truths):
                survivors.add(mutant.name)
    assert survivors <= {"receptive field: everything"}, (
        "mha and se see everything already, which is no field"
    )
