"""`table --format json`: the contract's example to the last value, its keys and types for every network."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shapecalc import catalogue

from .conftest import Cli

# outputs.md, "JSON"; LeNet-5 as LeCun et al. 1998, section II.B, count it
EXAMPLE = json.loads("""
{"schema": "shapecalc/1", "name": "LeNet-5", "layout": "HWC", "batch": 1,
 "inputs": {"input": [32, 32, 1]},
 "layers": [
   {"name": "conv1", "layer": "conv", "from": ["input"], "input_shapes": [[32, 32, 1]], "output_shape": [28, 28, 6],
    "activations": 4704,
    "options": {"filters": 6, "kernel": [5, 5], "stride": [1, 1], "padding": [[0, 0], [0, 0]], "dilation": [1, 1],
                "groups": 1, "bias": true, "rounding": "floor"},
    "params": {"weights": 150, "biases": 6, "total": 156, "trainable": 156, "buffers": 0},
    "macs": 117600, "macs_on_data": 117600, "flops": 235200, "connections": 122304, "ops": {"mul": 117600, "add": 117600},
    "receptive_field": {"size": [5, 5], "stride": [1, 1], "padding": [0, 0], "aligned": true},
    "activation_bytes": 18816}],
 "totals": {"layers": 8, "weight_layers": 5,
            "params": {"weights": 61470, "biases": 236, "total": 61706, "trainable": 61706, "buffers": 0},
            "macs": 416520, "macs_on_data": 416520, "flops": 833040, "ops": {"mul": 416520, "add": 421248, "div": 1576},
            "activations": 8494, "param_bytes": 246824, "activation_bytes": 33976, "peak_activation_bytes": 23520},
 "conditions": [],
 "outputs": {"fc3": [10]}, "output_shape": [10]}
""")
PARAMS = {"weights", "biases", "total", "trainable", "buffers"}
ROW = set(EXAMPLE["layers"][0])
TOTALS = {*EXAMPLE["totals"], "depth", "connections"}
DOCUMENT = {*EXAMPLE, "dtype"}
KINDS = {"mul", "add", "sub", "div", "max", "min", "cmp", "exp", "log", "sqrt", "pow", "abs", "neg", "tanh", "erf", "sin", "cos"}  # fmt: skip


def contains(found: Any, wanted: Any, path: str = "") -> None:
    """Every key and value of `wanted` is in `found`, with its type."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            assert key in found, f"{path}.{key}"
            contains(found[key], value, f"{path}.{key}")
        return
    if isinstance(wanted, list) and path.endswith(".layers"):
        found = found[: len(wanted)]
    if isinstance(wanted, list):
        assert len(found) == len(wanted), path
        for i, value in enumerate(wanted):
            contains(found[i], value, f"{path}[{i}]")
        return
    assert found == wanted and type(found) is type(wanted), path


def numbers(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [n for k, v in value.items() for n in numbers(v, f"{path}.{k}")]
    if isinstance(value, list):
        return [n for v in value for n in numbers(v, path)]
    return [(path, value)]


def test_the_example(cli: Cli) -> None:
    found = cli("table", "lenet5", "--format", "json")
    assert found.code == 0 and found.err == ""
    contains(found.json, EXAMPLE)
    assert found.json["layers"][0] == EXAMPLE["layers"][0]
    assert list(found.json)[:2] == ["schema", "name"]
    names = [row["name"] for row in found.json["layers"]]
    assert names == ["conv1", "avgpool1", "conv2", "avgpool2", "fc1.flatten", "fc1", "fc2", "fc3"]


@pytest.mark.parametrize("name", catalogue.names())
def test_every_built_in(cli: Cli, name: str) -> None:
    found = cli("table", name, "--format", "json")
    data = found.json
    assert found.code == 0 and found.err == ""
    assert set(data) - {"source", "note"} == DOCUMENT
    assert set(data["totals"]) == TOTALS and set(data["totals"]["params"]) == PARAMS
    for row in data["layers"]:
        assert set(row) | {"receptive_field"} == ROW
        assert set(row["params"]) == PARAMS and set(row["ops"]) <= KINDS
    check_types(data)
    check_sums(data)


def check_types(data: dict[str, Any]) -> None:
    """Integers are integers; only options that are real numbers (a rate, a slope) are floats."""
    for path, value in numbers(data):
        if isinstance(value, float):
            assert ".options." in path
        elif not isinstance(value, (int, bool)):
            assert isinstance(value, str), path
    assert all(type(row["macs"]) is int and type(row["params"]["total"]) is int for row in data["layers"])


def check_sums(data: dict[str, Any]) -> None:
    """Every total is the sum of its column, and the columns agree with each other."""
    rows, totals = data["layers"], data["totals"]
    for key in ("macs", "macs_on_data", "flops", "connections", "activations", "activation_bytes"):
        assert totals[key] == sum(row[key] for row in rows), key
    for key in PARAMS:
        assert totals["params"][key] == sum(row["params"][key] for row in rows), key
    for kind in KINDS:
        assert totals["ops"].get(kind, 0) == sum(row["ops"].get(kind, 0) for row in rows), kind
    assert totals["layers"] == len(rows) and totals["param_bytes"] == 4 * totals["params"]["total"]
    for row in [*rows, totals]:
        params = row["params"]
        assert row["flops"] == 2 * row["macs"] and row["macs_on_data"] <= row["macs"]
        assert params["total"] == params["weights"] + params["biases"]
        assert row["activation_bytes"] == 4 * row["activations"]
    assert data["output_shape"] == list(data["outputs"].values())[-1]


def test_channels_first_is_only_shown(cli: Cli) -> None:
    def turned(shape: list[int]) -> list[int]:
        return [shape[-1], *shape[:-1]]

    for name in ("lenet5", "resnet20", "densenet121"):
        last = cli("table", name, "--format", "json").json
        first = cli("table", name, "--format", "json", "--layout", "CHW").json
        assert first["layout"] == "CHW" and first["totals"] == last["totals"]
        assert first["inputs"]["input"] == turned(last["inputs"]["input"])
        for a, b in zip(first["layers"], last["layers"]):
            assert a["output_shape"] == turned(b["output_shape"])
            assert a["input_shapes"] == [turned(shape) for shape in b["input_shapes"]]
            assert {**a, "output_shape": 0, "input_shapes": 0} == {**b, "output_shape": 0, "input_shapes": 0}


def test_a_shape_among_the_options_turns_too(cli: Cli) -> None:
    spec = "{input: 4x6x2, layers: [{reshape: [6, 4, 2]}]}"
    row = cli("table", "-", "--format", "json", "--layout", "CHW", stdin=spec).json["layers"][0]
    assert row["options"] == {"shape": [2, 6, 4]} and row["output_shape"] == [2, 6, 4]
    spec = "{input: 2x4x6, layout: CHW, layers: [{reshape: [2, 6, 4]}]}"
    row = cli("table", "-", "--format", "json", stdin=spec).json["layers"][0]
    assert row["options"] == {"shape": [2, 6, 4]} and row["input_shapes"] == [[2, 4, 6]]


def test_the_batch_multiplies_work_and_not_params(cli: Cli) -> None:
    one = cli("table", "lenet5", "--format", "json").json
    many = cli("table", "lenet5", "--format", "json", "--batch", "7").json
    assert many["batch"] == 7
    for a, b in zip([*one["layers"], one["totals"]], [*many["layers"], many["totals"]]):
        for key in ("activations", "macs", "macs_on_data", "flops", "activation_bytes"):
            assert b[key] == 7 * a[key]
        assert b["ops"] == {kind: 7 * n for kind, n in a["ops"].items()}
        for key in ("params", "output_shape", "input_shapes", "param_bytes", "options"):
            assert b.get(key) == a.get(key)
    assert many["totals"]["peak_activation_bytes"] == 7 * 23520
    assert many["inputs"] == one["inputs"] and many["output_shape"] == [10]


@pytest.mark.parametrize(("dtype", "size"), [("fp32", 4), ("fp16", 2), ("bf16", 2), ("int8", 1)])
def test_bytes_of_a_number(cli: Cli, dtype: str, size: int) -> None:
    data = cli("table", "lenet5", "--format", "json", "--dtype", dtype).json
    totals = data["totals"]
    assert data["dtype"] == dtype and totals["param_bytes"] == 61706 * size
    assert totals["activation_bytes"] == 8494 * size and totals["peak_activation_bytes"] == 5880 * size
    assert data["layers"][0]["activation_bytes"] == 4704 * size


def test_the_field_ends_where_everything_is_seen(cli: Cli) -> None:
    lenet = cli("table", "lenet5", "--format", "json").json["layers"]
    assert [row["name"] for row in lenet if "receptive_field" in row] == [
        "conv1",
        "avgpool1",
        "conv2",
        "avgpool2",
    ]
    resnet = cli("table", "resnet50", "--format", "json").json["layers"]
    without = [row["layer"] for row in resnet if "receptive_field" not in row]
    assert without == ["globalavgpool", "fc"]
    # Araujo et al. 2019, distill.pub: VGG-16 sees 212 pixels, every 32, 90 zeros before the first one
    vgg = cli("table", "vgg16", "--format", "json").json["layers"]
    last = [row for row in vgg if "receptive_field" in row][-1]["receptive_field"]
    assert last == {"size": [212, 212], "stride": [32, 32], "padding": [90, 90], "aligned": True}


def test_words_are_worked_out_in_options(cli: Cli) -> None:
    spec = "{input: 224x224x3, layers: [{conv: {filters: 8, kernel: 3, stride: 2, padding: same}}, {maxpool: 2}]}"
    conv, pool = cli("table", "-", "--format", "json", stdin=spec).json["layers"]
    assert conv["options"]["padding"] == [[0, 1], [0, 1]] and conv["options"]["stride"] == [2, 2]
    assert pool["options"]["stride"] == [2, 2]


def test_the_output_shape_is_that_of_the_last_output(cli: Cli) -> None:
    spec = "{input: 8x8x3, layers: [{conv: 4}, {gap: {from: conv1, name: side}}, {fc: {units: 7, from: conv1}}], outputs: [fc1, side]}"
    data = cli("table", "-", "--format", "json", stdin=spec).json
    assert list(data["outputs"].items()) == [("fc1", [7]), ("side", [4])] and data["output_shape"] == [4]
    aux = cli("table", "googlenet_aux", "--format", "json").json
    assert list(aux["outputs"].values()) == [[1000]] * 3 and aux["output_shape"] == [1000]


def test_keys_are_english_in_every_language(cli: Cli) -> None:
    assert cli("--lang", "zh", "table", "lenet5", "--format", "json").json["totals"]["macs"] == 416520
    assert cli("--lang", "en", "table", "lenet5", "--format", "json").code == 0


def test_120_million(cli: Cli) -> None:
    """Ng's course: 120 million multiplications, and 12.4 million with a bottleneck; 110,321,664 of them on data."""
    naive = cli("table", "inception_naive_5x5", "--format", "json").json["totals"]
    assert (naive["macs"], naive["macs_on_data"]) == (120_422_400, 110_321_664)
    assert cli("table", "inception_bottleneck_5x5", "--format", "json").json["totals"]["macs"] == 12_443_648
