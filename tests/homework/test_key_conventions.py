"""A key's conventions change its numbers: one network, one switch at a time, each with a published or counted answer."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.errors import SpecError
from shapecalc.homework.conventions import Conventions, sentences
from shapecalc.homework.key import Key

from .marks import LENET, cell, key, mark

CONV = "input: 300x300x3\nlayers:\n  - conv: {filters: 100, kernel: 5, name: c}\n"
"""deeplearning.ai, course 4, week 1 quiz: 7,600 parameters with biases, 7,500 without."""
BN = "input: 8x8x512\nlayers:\n  - bn: {name: b}\n"
"""Keras prints 2,048 for 512 channels, of which 1,024 are trainable."""
POOL = "input: 7x7x4\nlayers:\n  - avgpool: {kernel: 2, name: p}\n"
SAME = "input: 6x6x1\nlayers:\n  - conv: {filters: 1, kernel: 4, stride: 1, padding: same, name: c}\n"
SIDES = "input: 9x9x2\nlayers:\n  - conv: {filters: 2, kernel: 5, padding: 2, stride: 2, name: c}\n"


def expected(of: Key, place: str) -> Any:
    name, _dot, column = place.rpartition(".")
    row = next(row for row in of.rows if row.name == name)
    found = of.cell(row, column, of.asked_rows({name}))
    return found and found.expected


@pytest.mark.parametrize(
    ("spec", "conventions", "place", "value"),
    [
        (CONV, "", "c.params", 7600),
        (CONV, "bias: no", "c.params", 7500),
        (CONV.replace("name: c", "bias: false, name: c"), "bias: yes", "c.params", 7600),
        (CONV, "bias: per layer", "c.biases", 100),
        (BN, "", "b.params", 1024),
        (BN, "bn: 4", "b.params", 2048),
        (POOL, "", "p.params", 0),
        (POOL, "pool_params: 2", "p.params", 8),
        (POOL, "", "p.output_shape", (3, 3, 4)),
        (POOL, "rounding: ceil", "p.output_shape", (4, 4, 4)),
        (SAME, "", "c.output_shape", (6, 6, 1)),
        (SAME, "same: half", "c.output_shape", (5, 5, 1)),
        (SAME, "", "c.padding", (1, 2)),
        (SAME, "same: lower", "c.padding", (2, 1)),
        (SIDES, "", "c.padding", 2),
        (SIDES, "padding: total", "c.padding", 4),
        (SIDES, "", "c.stride", 2),
        (LENET, "", "CONV1.macs", 352_800),
        (LENET, "cost: flop", "CONV1.macs", 705_600),
        (LENET, "cost: mac+bias", "CONV1.macs", 357_504),
        (LENET, "", "CONV1.flops", 705_600),
        (LENET, "", "CONV1.memory", 18_816),
        (LENET, "bytes_per_value: 2", "CONV1.memory", 9_408),
        (LENET, "memory: params", "CONV1.memory", 1_824),
        (LENET, "memory: both", "CONV1.memory", 20_640),
        (LENET, "batch: 10", "CONV1.activations", 47_040),
        (LENET, "parameters: values", "CONV1.params", 4_704),
        (LENET, "", "total.params", 62_006),
        (LENET, "", "total.activations", 8_094),
        (LENET, "input_row: yes", "total.activations", 11_166),
        (LENET, "", "POOL2.receptive_field", 16),
        (LENET, "", "FC3.padding", None),
        (LENET, "", "FC3.receptive_field", None),
        (LENET, "", "CONV1.connections", 357_504),
    ],
)  # fmt: skip
def test_a_switch_changes_the_answer(spec: str, conventions: str, place: str, value: Any) -> None:
    assert expected(key(spec, f"conventions: {{{conventions}}}"), place) == value


def test_sizes_that_must_divide_exactly() -> None:
    with pytest.raises(SpecError) as caught:
        key(POOL, "conventions: {rounding: exact}")
    (found,) = caught.value.diagnostics
    assert found.code == "SC505"
    assert found.message == "p: a window does not fit a whole number of times, and sizes must divide exactly"
    key(POOL.replace("7x7", "8x8"), "conventions: {rounding: exact}")


def test_a_size_may_be_a_shape() -> None:
    from shapecalc.homework.grade import resized

    from .marks import rows

    graded = key(LENET, "conventions: {size: shape}")
    found = resized(graded, rows(graded, "CONV1, 28x28x6", ("activations",)))
    assert found["CONV1"].cells == {"output_shape": "28x28x6"}


def test_memory_in_the_units_of_the_key() -> None:
    graded = key(LENET, "conventions: {memory_unit: KB}")
    assert cell(mark(graded, "CONV1, 18.8", "memory"), "CONV1.memory").state == "rounded"
    assert cell(mark(graded, "CONV1, 19.8", "memory"), "CONV1.memory").state == "wrong"


def test_the_conventions_are_said() -> None:
    assert sentences(Conventions(), ("output_shape", "params"), {"conv", "maxpool"}) == (
        "shapes are height × width × channels",
        "biases as the spec has them",
        "sizes rounded as each layer says",
        "pools have no parameters",
    )
    said = sentences(Conventions(cost="flop", batch=8, bytes_per_value=2, bn=4), ("macs",), {"conv"})
    assert {"costs are FLOPs = 2 × MACs", "a batch of 8", "2 bytes a value"} <= set(said)
    assert "batch norm counts 4 a channel (with moving statistics)" in said
