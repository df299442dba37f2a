"""The worked cases of every layer, explained; and single quantities asked of a layer, as a marker of homework does."""

from __future__ import annotations

import re

import pytest

from shapecalc import layers
from shapecalc.analysis.explain import KNOWN, steps_of
from shapecalc.analysis.explain_network import explain_layer
from shapecalc.analysis.layer_facts import build
from shapecalc.api import Selection, compute, read
from shapecalc.errors import UsageError
from shapecalc.layers import Case, Layer
from shapecalc.layers._base import LETTERS

from .printed import value

KINDS = {word: layers.load(word) for word in layers.words()}
CASES = [
    pytest.param(kind, case, id=f"{word}: {case.source}")
    for word, kind in KINDS.items()
    if kind and not kind.BODY
    for case in kind.CASES
]


def first(word: str) -> Layer:
    kind = KINDS[word]
    assert kind is not None
    return build(kind, kind.CASES[0])


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_case(kind: type[Layer], case: Case) -> None:
    layer = build(kind, case)
    steps = {step.key: step for step in steps_of(layer)}
    for step in steps.values():
        assert value(step.substituted) == step.value, step
        assert step.quantity and step.label and step.formula
        assert "{" not in (step.note or "")
        for letter in step.rule.letters:  # type: ignore[attr-defined]
            head = letter if letter in LETTERS else re.sub(r"_([ZHWTC]|\d+)$", "", letter)
            assert head in LETTERS or letter in ("weights", "biases", "params", "b"), letter
    sizes = tuple(step.value for key, step in steps.items() if key.startswith("output."))
    assert sizes == layer.y
    for quantity, expected in case.counts.items():
        asked = steps_of(layer, quantity)
        if asked:
            assert asked[-1].value == expected, quantity
        else:
            assert expected == 0
    assert any(step.note for step in steps.values()), "every layer has something to be said"


@pytest.mark.parametrize("quantity", KNOWN)
def test_every_known_quantity_can_be_asked(quantity: str) -> None:
    for word in ("conv", "maxpool", "fc", "layernorm", "add"):
        for step in steps_of(first(word), quantity):
            assert value(step.substituted) == step.value


def test_what_is_asked_comes_last_and_what_it_needs_before() -> None:
    layer = build(KINDS["conv"], KINDS["conv"].CASES[2])  # type: ignore[arg-type,union-attr]
    keys = [step.key for step in steps_of(layer, "macs_on_data")]
    assert keys[-1] == "macs_on_data"
    assert keys[: keys.index("L.H") + 1] == [
        "E_b.H", "X_b.H", "Y_b.H", "L_b.H", "E_a.H", "X_a.H", "Y_a.H", "L_a.H", "L.H",
    ]  # fmt: skip
    assert [step.key for step in steps_of(layer, "params")] == ["weights", "params"]
    assert [step.key for step in steps_of(layer, "memory")] == ["activation_bytes"]
    assert [step.key for step in steps_of(layer, "connections")] == ["connections"]
    assert [step.key for step in steps_of(layer, "padding")][:4] == ["K.H", "P_t.H", "P_b.H", "P_a.H"]
    assert steps_of(first("conv"), "padding") == ()
    assert [step.key for step in steps_of(layer, "output.W")][-1] == "output.W"


def test_one_line() -> None:
    lines = [step.line() for step in steps_of(first("conv"), "params")]
    assert lines == [
        "weights: F_H·F_W·C_in·C_out = 5·5·1·6 = 150",
        "biases: C_out = 6",
        "params: weights + biases = 150 + 6 = 156",
    ]


def test_known_to_be_zero() -> None:
    (params,) = steps_of(first("maxpool"), "params")
    assert (params.value, params.substituted) == (0, "0")
    (macs,) = steps_of(first("maxpool"), "macs")
    assert (macs.value, macs.note) == (0, "Only weighted sums have MACs; other work is counted by kind.")
    assert steps_of(first("maxpool"), "macs_on_data") == ()
    assert steps_of(first("fc"), "ops.max") == ()


def test_a_layer_by_itself() -> None:
    found = explain_layer(first("maxpool"), "pool1")
    assert (found.name, found.layer, found.heading) == (
        "pool1",
        "maxpool",
        "pool1   maxpool   55×55×96 → 27×27×96",
    )
    assert found.text()[:2] == [
        "output height: ⌊(N + 2·P − F) / S⌋ + 1 = ⌊(55 + 2·0 − 3) / 2⌋ + 1 = 27",
        "output width: ⌊(N + 2·P − F) / S⌋ + 1 = ⌊(55 + 2·0 − 3) / 2⌋ + 1 = 27",
    ]
    assert not any(step.key.startswith("receptive_field.") for step in found.steps)


def test_from_python() -> None:
    answer = compute(read("resnet50"), Selection({"conv4": "23"}))
    explanation = answer.explain("stage3.bottleneck23.main.convbn2.conv1")
    (steps,) = explanation.steps.values()
    assert steps[0].line() == "output height: ⌊(N + 2·P − F) / S⌋ + 1 = ⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14"
    assert "⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14" in str(explanation)
    assert explanation._repr_html_().startswith('<div class="worked">')
    assert r"\frac{14 + 2 \cdot 1 - 3}{1}" in explanation._repr_latex_()
    assert explanation.data()["name"] == "ResNet-50"
    assert [s.key for s in answer.explain("fc1", ["biases"]).steps["fc1"]] == ["biases"]
    with pytest.raises(UsageError, match="has no layer fc2"):
        answer.explain("fc2")
