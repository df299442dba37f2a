"""`shapecalc verify`: the JSON of outputs.md, the table, its options, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shapecalc import catalogue
from shapecalc.api import compute, read
from shapecalc.formula import Formula
from shapecalc.verify import kernels, run, runner

from .conftest import Cli, Result

LENET = json.loads("""
{"schema": "shapecalc/1", "name": "LeNet-5", "ok": true,
 "layers": [{"name": "conv1", "ok": true,
   "shape": {"predicted": [28, 28, 6], "measured": [28, 28, 6], "ok": true},
   "params": {"predicted": 156, "measured": 156, "ok": true},
   "buffers": {"predicted": 0, "measured": 0, "ok": true},
   "macs_on_data": {"predicted": 117600, "measured": 117600, "ok": true},
   "ops": {"mul": {"predicted": 117600, "measured": 117600, "ok": true},
           "add": {"predicted": 117600, "measured": 117600, "ok": true}},
   "receptive_field": null}]}
""")
COMPARED = ("shape", "weights", "biases", "params", "buffers", "macs", "macs_on_data", "connections")
"""What stands in a layer's row beside `ops` and `receptive_field`: predicted, measured, ok."""


def plain(value: Any) -> list[Any]:
    """All numbers and texts of a document."""
    if isinstance(value, dict):
        return [v for item in value.values() for v in plain(item)]
    return [v for item in value for v in plain(item)] if isinstance(value, list) else [value]


def test_json_is_that_of_the_contract(cli: Cli) -> None:
    code, out, err = cli("verify", "lenet5", "--format", "json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert {key: found[key] for key in LENET if key != "layers"} == {
        k: v for k, v in LENET.items() if k != "layers"
    }
    first, wanted = found["layers"][0], LENET["layers"][0]
    assert {key: first[key] for key in wanted} == wanted
    names = ["conv1", "avgpool1", "conv2", "avgpool2", "fc1.flatten", "fc1", "fc2", "fc3"]
    assert [layer["name"] for layer in found["layers"]] == names
    for layer in found["layers"]:
        assert set(layer) == {"name", "layer", "ok", *COMPARED, "ops", "receptive_field", "seconds"}
        assert layer["ok"] is True and layer["receptive_field"] is None
        assert isinstance(layer["seconds"], float) and layer["seconds"] >= 0
        for quantity in (*(layer[q] for q in COMPARED), *layer["ops"].values()):
            assert set(quantity) == {"predicted", "measured", "ok"} and quantity["ok"] is True
    params = {"predicted": 61706, "measured": 61706, "ok": True}
    assert found["totals"]["params"] == params and found["totals"]["macs"]["measured"] == 416_520
    assert all(isinstance(v, (int, str, float, type(None))) for v in plain(found))


def test_receptive_fields_are_there_when_asked_for(cli: Cli) -> None:
    found = cli("verify", "lenet5", "--receptive-field", "--format", "json").json
    field = {"size": [5, 5], "stride": [1, 1], "padding": [0, 0], "aligned": True}
    assert found["layers"][0]["receptive_field"] == {"predicted": field, "measured": field, "ok": True}
    assert found["layers"][2]["receptive_field"]["measured"] == {
        "size": [14, 14],
        "stride": [2, 2],
        "padding": [0, 0],
        "aligned": True,
    }
    assert found["layers"][4]["receptive_field"] is None


def test_table_has_a_mark_a_layer_and_says_what_agrees(cli: Cli) -> None:
    code, out, _err = cli("verify", "lenet5")
    lines = out.splitlines()
    assert code == 0
    assert sum(line.startswith("✓") for line in lines) == 9
    assert "8 of 8 layers agree" in out and "✗" not in out and "61,706" in out


def test_marks_are_words_where_signs_are_not_wanted(cli: Cli) -> None:
    out = cli("--ascii", "verify", "lenet5").out
    assert out.isascii() and sum(line.startswith("ok ") for line in out.splitlines()) == 9


def test_marks_are_words_where_the_encoding_lacks_the_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    from shapecalc.cli import _main

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "latin-1"))
    assert _main.run(["verify", "lenet5"]) == 0
    sys.stdout.flush()
    out = raw.getvalue().decode("latin-1")
    assert "?" not in out and sum(line.startswith("ok ") for line in out.splitlines()) == 9


def test_csv_is_data(cli: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("verify", "lenet5", "--format", "csv").out)))
    assert len(rows) == 8 and {row["ok"] for row in rows} == {"true"}
    assert rows[0]["shape.measured"] == "28x28x6" and rows[5]["params.measured"] == "48120"


def test_jsonl_is_a_layer_a_line(cli: Cli) -> None:
    rows = [json.loads(line) for line in cli("verify", "lenet5", "--format", "jsonl").out.splitlines()]
    assert [row["spec"] for row in rows] == ["lenet5"] * 8 and all(row["ok"] for row in rows)


@pytest.mark.parametrize("format_", ["table", "markdown", "latex", "html", "tsv"])
def test_other_formats_are_written(cli: Cli, format_: str) -> None:
    found = cli("verify", "lenet5", "--format", format_)
    assert found.code == 0 and "conv1" in found.out


def test_layer_runs_up_to_it(cli: Cli) -> None:
    found = cli("verify", "lenet5", "--layer", "conv2", "--format", "json").json
    assert [layer["name"] for layer in found["layers"]] == ["conv1", "avgpool1", "conv2"]


def test_layer_runs_only_what_it_needs(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "net.yaml"
    spec.write_text("input: 8x8x2\nlayers:\n  - conv: {filters: 2, name: a}\n  - conv: {filters: 3, from: a, name: b}\n"
                    "  - add: {from: [a, a], name: c}\noutputs: [b, c]\n")  # fmt: skip
    assert [r["name"] for r in cli("verify", spec, "--layer", "c", "--format", "json").json["layers"]] == [
        "a",
        "c",
    ]


def test_an_unknown_layer_is_refused_with_the_nearest(cli: Cli) -> None:
    code, out, err = cli("verify", "lenet5", "--layer", "cnov2")
    assert code == 2 and not out and "conv2" in err


def test_batch_multiplies_work_and_no_parameters(cli: Cli) -> None:
    one, three = (cli("verify", "lenet5", "--batch", n, "--format", "json").json for n in (1, 3))
    assert three["ok"] and three["batch"] == 3
    for a, b in zip(one["layers"], three["layers"]):
        assert b["shape"] == a["shape"] and b["params"] == a["params"]
        assert b["macs_on_data"]["measured"] == 3 * a["macs_on_data"]["measured"]
        assert {k: n["measured"] for k, n in b["ops"].items()} == {
            k: 3 * n["measured"] for k, n in a["ops"].items()
        }


def test_counts_are_equal_for_any_seed(cli: Cli) -> None:
    counted = []
    for seed in (0, 1, 12345):
        found = cli("verify", "lenet5", "--seed", seed, "--format", "json").json
        assert found["seed"] == seed
        counted.append([{k: v for k, v in layer.items() if k != "seconds"} for layer in found["layers"]])
    assert counted[0] == counted[1] == counted[2]


def test_values_are_equal_for_the_same_seed_only() -> None:
    graph = compute(read("lenet5")).bound.graph
    first, again, other = (run(graph, seed).values["fc3"] for seed in (7, 7, 8))
    assert np.array_equal(first, again) and not np.allclose(first, other)
    assert np.isfinite(first).all() and first.std() > 0


def test_too_little_memory_is_refused_with_the_number(cli: Cli) -> None:
    code, out, err = cli("verify", "vgg16", "--max-memory", "70M")
    needed = int("".join(c for c in err.partition("about ")[2].partition(" bytes")[0] if c.isdigit()))
    assert code == 2 and not out and "73,400,320" in err
    assert 80_000_000 < needed < 100_000_000, "it takes 80 MB: its largest matrix is never whole"


def test_buffers_and_scratch_are_memory_too(cli: Cli, tmp_path: Path) -> None:
    """LeCun's drawings of 200,000 classes are 800,000,000 numbers, and so are the distances from them."""
    spec = tmp_path / "rbf.yaml"
    spec.write_text("input: [4000]\nlayers: [{rbf: 200000}]\n")
    code, out, err = cli("verify", spec, "--max-memory", "100M")
    needed = int("".join(c for c in err.partition("about ")[2].partition(" bytes")[0] if c.isdigit()))
    assert code == 2 and not out and 6_400_000_000 < needed < 6_600_000_000


@pytest.mark.parametrize(
    ("text", "code"), [("2G", 0), ("500m", 0), ("1.5GiB", 0), ("1e9", 2), ("much", 2), ("1000", 2)]
)
def test_sizes_of_memory(cli: Cli, text: str, code: int) -> None:
    assert cli("verify", "lenet5", "--max-memory", text).code == code


def test_a_refused_network_stands_broken_among_the_others(cli: Cli) -> None:
    found = cli("verify", "lenet5", "vgg16", "nowhere", "conv1x1", "--max-memory", "70M", "--format", "json")
    documents = found.json
    assert found.code == 2
    assert ["error" in d for d in documents] == [False, True, True, False]
    assert [documents[0]["name"], documents[1]["name"], documents[2]["name"]] == [
        "LeNet-5",
        "vgg16",
        "nowhere",
    ]
    assert all(d["schema"] == "shapecalc/1" for d in documents)
    assert "bytes" in found.err and "nowhere" in found.err


def test_a_broken_spec_stands_in_its_place(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_text("input: 8x8x2\nlayers:\n  - conv: {filters: 2, kernel: 9}\n")
    found = cli("verify", spec, "lenet5", "--format", "json")
    assert found.code == 2 and found.json[0]["error"][0]["code"] == "SC402" and found.json[1]["ok"]
    alone = cli("verify", spec, "--format", "json")
    assert alone.code == 2 and alone.json["error"][0]["line"] == 3


def without(word: str) -> Callable[[str], Any]:
    return lambda name: None if name == word else kernels.load(name)


def test_a_layer_without_a_kernel_is_unverified(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "load", without("avgpool"))
    found = cli("verify", "lenet5", "--format", "json")
    layers = {layer["name"]: layer for layer in found.json["layers"]}
    assert found.code == 1 and found.json["ok"] is None
    assert layers["conv1"]["ok"] is True and "unverified" not in layers["conv1"]
    params = {"predicted": 61_706, "measured": None, "ok": None}
    assert {key: found.json["totals"]["params"][key] for key in params} == params
    for name in ("avgpool1", "conv2", "fc3"):
        assert layers[name]["ok"] is None and isinstance(layers[name]["unverified"], str)
    table = cli("verify", "lenet5")
    assert table.code == 1 and "1 of 8 layers agree:" in table.out and "avgpool1: unverified" in table.out
    marks = [line[0] for line in table.out.splitlines() if line[:1] in ("✓", "✗", "?")]
    assert marks == ["✓", *"???????", "?"], "the total is as unknown as its parts"
    total = next(line for line in table.out.splitlines() if line.startswith("?  total"))
    assert total.split()[2:5] == ["unknown"] * 3
    words = cli("--ascii", "verify", "lenet5").out
    assert "WRONG" not in words and "?      total" in words.replace("?   total", "?      total")


@pytest.mark.parametrize("format_", ["table", "markdown", "latex", "html", "csv", "tsv", "jsonl", "json"])
def test_no_format_draws_what_is_unknown_as_wrong(
    cli: Cli, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "load", without("avgpool"))
    found = cli("--color", "always", "verify", "lenet5", "--format", format_)
    assert found.code == 1
    assert "✗" not in found.out and "WRONG" not in found.out and '"ok": false' not in found.out
    if format_ not in ("csv", "tsv", "jsonl"):
        assert "unknown" in found.out or '"measured": null' in found.out


@pytest.fixture
def wrong_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    """LeNet-5's convolutions as if they had one bias for all filters, as students like to write."""
    from shapecalc.layers import conv

    right = conv.Conv.formulas
    monkeypatch.setattr(conv.Conv, "formulas", lambda self: {**right(self), "biases": Formula("1")})


@pytest.mark.usefixtures("wrong_bias")
def test_a_disagreement_names_layer_values_and_formula(cli: Cli) -> None:
    code, out, _err = cli("verify", "lenet5")
    assert code == 1
    assert "conv1: biases is 1 (1 = 1) by formula, and 6 when run" in out
    assert "conv2: params is 2,401 by formula, and 2,416 when run" in out
    assert "6 of 8 layers agree" in out
    assert [line.split()[1] for line in out.splitlines() if line.startswith("✗")] == [
        "conv1",
        "conv2",
        "total",
    ]


@pytest.mark.usefixtures("wrong_bias")
def test_a_disagreement_in_json(cli: Cli) -> None:
    found = cli("verify", "lenet5", "--format", "json")
    layer = found.json["layers"][0]
    assert found.code == 1 and found.json["ok"] is False and layer["ok"] is False
    assert layer["biases"] == {"predicted": 1, "measured": 6, "ok": False}
    assert layer["weights"]["ok"] is True and found.json["layers"][1]["ok"] is True
    assert found.json["totals"]["biases"]["ok"] is False


@pytest.mark.usefixtures("wrong_bias")
@pytest.mark.parametrize("order", [("good", "bad"), ("bad", "good"), ("good", "bad", "good")])
def test_one_that_disagrees_among_several_is_a_1(cli: Cli, tmp_path: Path, order: tuple[str, ...]) -> None:
    for name, layer in (("good", "maxpool: 2"), ("bad", "conv: {filters: 3, kernel: 1}")):
        (tmp_path / f"{name}.yaml").write_text(f"input: 4x6x2\nlayers: [{layer}]\n", "utf-8")
    assert cli("verify", *(tmp_path / f"{name}.yaml" for name in order)).code == 1
    assert cli("verify", *(tmp_path / "good.yaml" for _ in order)).code == 0


@pytest.mark.parametrize("quantity", ["weights", "biases", "macs", "macs_on_data", "ops.mul"])
def test_each_quantity_is_compared_with_what_ran(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, quantity: str
) -> None:
    from shapecalc.layers import conv

    right = conv.Conv.formulas
    monkeypatch.setattr(conv.Conv, "formulas", lambda self: {**right(self), quantity: Formula("7")})
    found = cli("verify", "lenet5", "--format", "json").json
    layer = found["layers"][0]
    compared = {**layer, **{f"ops.{kind}": pair for kind, pair in layer["ops"].items()}}[quantity]
    assert compared["predicted"] == 7 and compared["ok"] is False
    # LeCun 1998: 5·5·1·6 weights and 6 biases; 28·28·6·25 products
    right_one = {"weights": 150, "biases": 6}.get(quantity, 117_600)
    assert compared["measured"] == right_one
    assert found["totals"][quantity.partition(".")[0]]["ok"] is False


def test_shapes_are_in_the_layout_of_the_spec(cli: Cli, tmp_path: Path) -> None:
    spec = tmp_path / "chw.yaml"
    spec.write_text("input: 2x8x9\nlayout: CHW\nlayers:\n  - conv: {filters: 3, kernel: 2}\n")

    def shown(*options: str) -> Any:
        return cli("verify", spec, *options, "--format", "json").json["layers"][0]["shape"]

    assert shown()["measured"] == [3, 7, 8] and shown("--layout", "HWC")["predicted"] == [7, 8, 3]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def progress(monkeypatch: pytest.MonkeyPatch, cli: Cli, stream: io.StringIO, *options: str) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    result: Result = cli(*options, "verify", "lenet5")
    assert result.code == 0
    return stream.getvalue()


def test_progress_is_for_who_looks(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    assert "layer 8 of 8" in progress(monkeypatch, cli, Terminal())
    assert progress(monkeypatch, cli, io.StringIO()) == ""
    assert progress(monkeypatch, cli, Terminal(), "-q") == ""


def test_several_networks_and_settings(cli: Cli) -> None:
    found = cli("verify", "lenet5", "conv1x1", "--format", "json")
    assert found.code == 0 and [d["name"] for d in found.json] == [
        "LeNet-5",
        compute(read("conv1x1")).table.name,
    ]
    settings = ("--input", "32x32x3", "--set", "classes=10", "--layer", "stage1.conv2")
    small = cli("verify", "vgg16", *settings, "--format", "json")
    assert small.code == 0 and small.json["layers"][-1]["shape"]["measured"] == [32, 32, 64]


def test_input_is_overridden(cli: Cli) -> None:
    found = cli("verify", "resnet18", "--input", "33x47x3", "--receptive-field", "--format", "json")
    assert found.code == 0 and found.json["ok"] and catalogue.names()
