"""`shapecalc explain`: the contract's JSON, choosing a layer, choosing quantities, and what cannot be."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Cli


def test_the_contracts_example(cli: Cli) -> None:
    """docs/outputs.md: the first step of AlexNet's first layer, to the letter."""
    document = cli("explain", "alexnet", "conv1", "--format", "json").json
    assert document["schema"] == "shapecalc/1"
    assert document["name"] == "AlexNet"
    (layer,) = document["layers"]
    assert list(layer) == ["layer", "steps"]
    assert layer["layer"] == "conv1"
    assert layer["steps"][0] == {
        "quantity": "output height",
        "formula": "⌊(N + 2·P − F) / S⌋ + 1",
        "substituted": "⌊(227 + 2·0 − 11) / 4⌋ + 1",
        "value": 55,
        "note": None,
    }
    assert all(
        list(step) == ["quantity", "formula", "substituted", "value", "note"] for step in layer["steps"]
    )


def test_a_whole_network(cli: Cli) -> None:
    document = cli("explain", "lenet5", "--format", "json").json
    assert [layer["layer"] for layer in document["layers"]] == [
        "conv1", "avgpool1", "conv2", "avgpool2", "fc1.flatten", "fc1", "fc2", "fc3",
    ]  # fmt: skip
    assert document["totals"][0] == {
        "quantity": "params",
        "formula": "conv1 + conv2 + fc1 + fc2 + fc3",
        "substituted": "156 + 2416 + 48120 + 10164 + 850",
        "value": 61706,
        "note": None,
    }


@pytest.mark.parametrize(
    ("name", "layers"),
    [
        ("fc1", ["fc1.flatten", "fc1"]),
        ("fc1.flatten", ["fc1.flatten"]),
        ("conv2", ["conv2"]),
    ],
)
def test_layers_by_name(cli: Cli, name: str, layers: list[str]) -> None:
    document = cli("explain", "lenet5", name, "--format", "json").json
    assert [layer["layer"] for layer in document["layers"]] == layers
    assert "totals" not in document


def test_a_block_by_name(cli: Cli) -> None:
    document = cli("explain", "resnet50", "stage3.bottleneck2.main", "--format", "json").json
    assert len(document["layers"]) == 8
    assert all(layer["layer"].startswith("stage3.bottleneck2.main.") for layer in document["layers"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("conv9", "error: LeNet-5 has no layer conv9\n  = help: did you mean conv2?\n"),
        ("flatten", "error: LeNet-5 has no layer flatten\n  = help: did you mean fc1.flatten?\n"),
        ("Conv1", "error: LeNet-5 has no layer Conv1\n  = help: did you mean conv1?\n"),
        ("input", "error: input is an input: it is given, and nothing is worked out\n"),
        ("", "error: LeNet-5 has no layer \n"),
        (
            "zzz",
            "error: LeNet-5 has no layer zzz\n"
            "  = help: its first layers are conv1, avgpool1, conv2, avgpool2, fc1, fc1.flatten, fc2, fc3\n",
        ),
    ],
)
def test_no_such_layer(cli: Cli, name: str, said: str) -> None:
    result = cli("explain", "lenet5", name)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith(said)


def test_chosen_quantities(cli: Cli) -> None:
    document = cli("explain", "alexnet", "conv1", "--quantity", "params,connections", "--format", "json").json
    steps = document["layers"][0]["steps"]
    assert [(step["quantity"], step["value"]) for step in steps] == [
        ("weights", 34_848),
        ("biases", 96),
        ("params", 34_944),
        ("connections", 105_705_600),
    ]
    field = cli("explain", "alexnet", "conv5", "--quantity", "receptive_field", "--format", "json").json
    assert [step["value"] for step in field["layers"][0]["steps"]] == [163, 16, 64, 163, 16, 64]


def test_no_such_quantity(cli: Cli) -> None:
    result = cli("explain", "alexnet", "--quantity", "parms")
    assert (result.code, result.out) == (2, "")
    assert result.err == "error: there is no quantity parms\n  = help: did you mean params?\n"


def test_select(cli: Cli) -> None:
    document = cli(
        "explain", "resnet50", "fc1", "--set", "classes=10", "--batch", 4, "--dtype", "fp16",
        "--convention", "flops", "--format", "json",
    ).json  # fmt: skip
    values = {step["quantity"]: step["value"] for step in document["layers"][0]["steps"]}
    assert values["MACs"] == 20_480
    assert values["MACs of the batch"] == 81_920
    assert values["FLOPs"] == 163_840
    assert values["bytes of the output"] == 80
    assert values["bytes of the params"] == 2 * 20_490


def test_layout(cli: Cli) -> None:
    text = cli("explain", "alexnet", "conv1", "--layout", "CHW").out
    assert "3×227×227 → 96×55×55" in text


def test_csv_has_a_row_a_step(cli: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("explain", "alexnet", "conv1", "--format", "csv").out)))
    assert list(rows[0]) == ["layer", "quantity", "formula", "substituted", "value", "note"]
    assert rows[0]["value"] == "55"
    assert {row["layer"] for row in rows} == {"conv1"}


def test_jsonl_has_a_step_a_line(cli: Cli) -> None:
    lines = [json.loads(line) for line in cli("explain", "lenet5", "--format", "jsonl").out.splitlines()]
    assert all(line["spec"] == "lenet5" for line in lines)
    assert {"layer", "quantity", "formula", "substituted", "value", "note", "spec"} == set(lines[0])


def test_a_broken_spec(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "broken.yaml"
    spec.write_text("name: b\ninput: 4x4x1\nlayers:\n  - conv: {filters: 2, kernel: 9}\n")
    result = cli("explain", spec)
    assert (result.code, result.out) == (2, "")
    assert "SC402" in result.err
    asked = cli("explain", spec, "--format", "json")
    assert asked.code == 2
    assert asked.json["error"][0]["code"] == "SC402"


def test_unmet_expectations_are_said_after(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "wrong.yaml"
    spec.write_text("name: w\ninput: 4x4x1\nlayers:\n  - conv: {filters: 2, expect: 5x5x5}\n")
    result = cli("explain", spec)
    assert result.code == 1
    assert "output height" in result.out and "SC501" in result.err


def test_a_file_by_suffix(cli: Cli, tmp_path: Path) -> None:
    for suffix, part in (
        (".md", "### conv1"),
        (".tex", r"\subsection*"),
        (".html", "<h2>conv1"),
        (".csv", "layer,"),
    ):
        path = tmp_path / f"out{suffix}"
        assert cli("explain", "lenet5", "-o", path).code == 0
        assert part in path.read_text(encoding="utf-8")


def test_misalignment_is_said_under_a_table(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "paths.yaml"
    spec.write_text(
        "name: p\ninput: 20x20x3\nlayers:\n  - concat:\n      a: [conv: {filters: 3, kernel: 3, padding: 1}]\n"
        "      b: [conv: {filters: 5, kernel: 2, padding: [[0, 1], [0, 1]]}]\n  - relu\n"
    )
    said = (
        "2 receptive fields are not centred: from concat1 on paths with different centres or strides meet, "
        "and they are the hulls of all."
    )
    assert said in cli("table", spec, "--columns", "receptive_field").out
    assert "not centred" not in cli("table", spec).out
    assert "not centred" not in cli("table", "alexnet", "--columns", "receptive_field").out


def test_names_are_completed(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setenv("_SHAPECALC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "shapecalc explain resnet18 stage2.")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert "plain,stage2.basic1" in cli().out.splitlines()
    monkeypatch.setenv("COMP_WORDS", "shapecalc explain no_such_network st")
    assert cli().out.strip() == ""


def test_ascii(cli: Cli) -> None:
    out = cli("--ascii", "explain", "alexnet", "lrn1").out
    assert "R*sum(o = 0 ... F - 1) max(0, C_in - max(o - floor(F / 2), floor(F / 2) - o))" in out
