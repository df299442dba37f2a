"""Layers that are made of others: what they read, their defaults, and what they need of their options."""

from __future__ import annotations

import pytest

from .conftest import Mistakes, Rows, answer

MHA = {
    "one input is asked of itself": ("[mha: {heads: 2, from: x}]", "5x8", "mha1.query<x mha1.key<x mha1.value<x"),
    "a memory": ("[mha: {heads: 2, from: [x, m]}]", "5x8", "mha1.query<x mha1.key<m mha1.value<m"),
    "prev": ("[relu: {from: m}, mha: {heads: 2, from: [x, prev]}]", "5x8", "mha1.key<relu1"),
    "a repeat keeps the memory": (
        "[mha: {heads: 2, from: [x, m], repeat: 2}]", "5x8", "mha1.key<m mha2.query<mha1.out mha2.key<m"),
    "inside a branch": ("[add: {from: x, a: [mha: {heads: 2, from: [prev, m]}], b: []}]", "5x8", "a.mha1.query<x a.mha1.key<m"),
    "the end of a block": (
        "[B: {from: m, name: e}, mha: {heads: 2, from: [x, e]}]", "5x8", "mha1.key<e.relu1 mha1.query<x"),
    "a name handed to a block": ("[C: {memory: m, from: x}]", "5x8", "c1.mha1.query<x c1.mha1.value<m"),
    "a width of its own": ("[mha: {heads: 2, d: 12, from: [x, m]}]", "5x12", "mha1.out<mha1.attend1"),
    "a layer that is called memory": ("[relu: {from: m, name: memory}, mha: {heads: 2, from: [x, m]}]", "5x8", "mha1.key<m"),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "shape", "wires"), MHA.values(), ids=MHA)
def test_what_attention_reads(rows: Rows, entries: str, shape: str, wires: str) -> None:
    spec = f"""
    input: {{x: [5, 8], m: [7, 6]}}
    blocks:
      B: {{layers: [relu]}}
      C: {{params: {{memory: str}}, layers: [mha: {{heads: 2, from: [prev, $memory]}}]}}
    layers: {entries}
    """
    found = answer(spec)
    inputs = {node.name: node.inputs[0] for node in found.bound.graph.nodes}
    assert list(rows(spec).values())[-1] == shape
    for wire in wires.split():
        name, _arrow, source = wire.partition("<")
        assert inputs[name] == source
    assert not [w for w in found.warnings if "memory" not in w.message]


def test_defaults_of_a_composite_follow_its_input(rows: Rows) -> None:
    spec = "input: [5, 8]\nlayers: [mha: 4, linear: 12, mha: {heads: 6, kv_heads: 2}]"
    found = rows(spec)
    assert (found["mha1.query"], found["mha1.key"]) == ("5x8", "5x8")
    assert (found["mha2.query"], found["mha2.key"], found["mha2.scores1"]) == ("5x12", "5x4", "5x5x6")


SEQUENCE = "write the input as positions × channels: [10, 64]"
NEEDS = {
    "heads do not divide the width": ("mha: {heads: «3», from: x}", "SC404 mha: 8 channels do not split into 3 heads | heads must divide 8"),
    "a mistake in an option": ("mha: {heads: «0», from: x}", "SC204 expected at least 1, found 0 | heads: number of heads"),
    "a third input": ("mha: {heads: 2, from: [x, m, «x»]}", "SC305 mha reads from 2 places at most | from: [query, memory]"),
    "two inputs where there is one": (
        "se: {reduction: 2, from: [x, «m»]}", "SC305 se reads from one place | take one of them, or join them first: - concat: [a, b]"),
    "a reduction to nothing": ("se: {reduction: «9», from: x}", "SC422 se: one unit for every 9 of 8 channels is none at all | write 8 or less"),
    "the wrong rank": ("«mha»: {heads: 2, from: v}", f"SC407 mha: it takes T×C, and its input is [4] | {SEQUENCE}"),
    "the memory's rank": ("«mha»: {heads: 2, from: [x, v]}", f"SC407 mha: it takes T×C, and its input is [4] | {SEQUENCE}"),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "message"), NEEDS.values(), ids=NEEDS)
def test_mistakes_are_shown_on_the_persons_own_line(mistakes: Mistakes, entry: str, message: str) -> None:
    assert mistakes(f"""
    input: {{x: [5, 8], m: [7, 6], v: [4]}}
    layers:
      - {entry}
    """) == [message]  # fmt: skip


PARTS = {
    # 3·3·3 taps a map, twice; 6 maps make 4, with 4 biases
    "a depth multiplier": (
        "input: 8x8x3\nlayers: [separable: {filters: 4, kernel: 3, multiplier: 2}]",
        ["depthwise", "conv"],
        54 + 24 + 4,
    ),
    # Hu et al. 2017, figure 2: pool, narrow, ReLU, widen, sigmoid, scale; 12·4 + 4 and 4·12 + 12
    "squeeze and excitation": (
        "input: 8x8x12\nlayers: [se: {reduction: 3}]",
        ["identity", "globalavgpool", "fc", "relu", "fc", "sigmoid", "mul"],
        52 + 60,
    ),
}


@pytest.mark.parametrize(("spec", "words", "params"), PARTS.values(), ids=PARTS)
def test_all_parts_are_there(spec: str, words: list[str], params: int) -> None:
    found = answer(spec)
    kept = [node.layer for node in found.bound.graph.nodes if node.layer != "flatten"]
    assert kept == words or kept == [w for w in words if w != "identity"]
    assert found.table.totals().params.total == params


@pytest.mark.parametrize("causal", [True, False])
def test_attention_hands_its_options_on(causal: bool) -> None:
    found = answer(f"input: [5, 12]\nlayers: [mha: {{heads: 6, kv_heads: 2, causal: {str(causal).lower()}}}]")
    options = {node.layer: node.options for node in found.bound.graph.nodes}
    assert options["scores"]["causal"] is causal
    assert (options["scores"]["heads"], options["scores"]["share"], options["attend"]["share"]) == (6, 3, 3)
