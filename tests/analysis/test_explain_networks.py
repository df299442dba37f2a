"""Every number of every built-in network: what is printed comes to the value, and the value is the table's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shapecalc import catalogue
from shapecalc.analysis.explain_network import explain
from shapecalc.api import Selection, compute, read
from shapecalc.report.derivation import Derivation, LayerDerivation, Same
from shapecalc.report.table import Table

from .derivations import by_key, check
from .printed import value

NAMES = catalogue.names()


def tables() -> Iterator[tuple[str, Table]]:
    for name in NAMES:
        yield name, compute(read(name)).table


def test_every_step_of_every_network() -> None:
    layers = steps = 0
    for _name, table in tables():
        derivation = explain(table)
        assert len(derivation.layers) == len(table.rows)
        for row, layer in zip(table.rows, derivation.layers):
            assert layer.name == row.name
            steps += check(row, layer)
        layers += len(table.rows)
        sums(table, derivation)
        told_once(table, derivation)
    assert layers > 9_000
    assert steps > 100_000


def sums(table: Table, derivation: Derivation) -> None:
    """Totals are the sums of their printed terms, and the table's."""
    totals = {total.key: total for total in derivation.totals}
    whole = table.totals()
    assert totals["params"].value == whole.params.total
    assert totals["macs"].value == whole.macs
    assert totals["activations"].value == whole.activations
    for total in totals.values():
        assert value(str(total.data()["substituted"])) == total.value


def told_once(table: Table, derivation: Derivation) -> None:
    """Every row is explained, or said to be the same as one that is; none twice."""
    names = [row.name for row in table.rows]
    told: list[str] = []
    for item in derivation.shown:
        if isinstance(item, Same):
            equal = [name for n in item.names for name in names if f"{name}.".startswith(f"{n}.")]
            assert equal
            told += equal
        else:
            told.append(item.name)
    assert told == names
    notes = [
        s.note for item in derivation.shown if isinstance(item, LayerDerivation) for s in item.steps if s.note
    ]
    assert len(set(notes)) == len(notes)


@pytest.mark.parametrize("name", ["lenet5", "alexnet", "mobilenet_v1"])
def test_a_batch_and_half_precision(name: str) -> None:
    """A batch multiplies activations, MACs, operations and bytes, in steps of their own."""
    table = compute(read(name), Selection(batch=8, dtype="fp16")).table
    for row, layer in zip(table.rows, explain(table).layers):
        steps = by_key(layer)
        assert all(value(step.substituted) == step.value for step in layer.steps)
        assert steps["batch.activations"].value == row.activations
        assert steps["activation_bytes"].value == row.activation_bytes
        assert steps["params"].value == row.params.total
        assert steps.get("batch.macs", steps["macs"]).value == row.macs
        ops = {key[10:]: step.value for key, step in steps.items() if key.startswith("batch.ops.")}
        assert ops == row.ops


def test_a_fold_shows_one_instance() -> None:
    """ResNet-50's blocks 2 and 3 of stage 1 have the same layers; conv4_x has four more like its second."""
    shown = explain(compute(read("resnet50")).table).shown
    blocks = [item for item in shown if isinstance(item, Same) and item.blocks and "bottleneck2" in item.like]
    assert [(item.names, item.like) for item in blocks if item.like.count(".") == 1] == [
        (("stage1.bottleneck3",), "stage1.bottleneck2"),
        (("stage2.bottleneck3", "stage2.bottleneck4"), "stage2.bottleneck2"),
        (tuple(f"stage3.bottleneck{i}" for i in range(3, 7)), "stage3.bottleneck2"),
        (("stage4.bottleneck3",), "stage4.bottleneck2"),
    ]
