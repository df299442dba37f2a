"""`--columns`, and the headers of csv and tsv: dotted paths into the JSON document, and the values that stand there."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from shapecalc.report.columns import COLUMNS, GROUPS, KINDS

from .conftest import Cli


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def at(row: dict[str, Any], path: str) -> Any:
    """What stands in a JSON row at a dotted path; a shape as csv has it."""
    value: Any = row
    for key in path.split("."):
        if not isinstance(value, dict) or key not in value:
            return 0 if path.startswith("ops.") else ""
        value = value[key]
    if isinstance(value, bool):
        return str(value).lower()
    if path == "from":
        return ", ".join(value)
    if path == "input_shapes":
        return ", ".join("x".join(map(str, shape)) for shape in value)
    return "x".join(map(str, value)) if isinstance(value, list) else value


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("name", ["lenet5", "resnet50", "googlenet", "lenet5_1998"])
def test_csv_is_the_json_rows(cli: Cli, name: str, format: str, delimiter: str) -> None:
    rows = cli("table", name, "--format", "json").json["layers"]
    found = read(cli("table", name, "--format", format, "--columns", "all").out, delimiter)
    assert len(found) == len(rows)
    for line, row in zip(found, rows):
        for key, text in line.items():
            assert text == str(at(row, key)), (key, row["name"])


def test_csv_of_lenet(cli: Cli) -> None:
    assert (
        cli("table", "lenet5", "--format", "csv").out
        == """\
name,layer,output_shape,activations,params.total,macs
conv1,conv,28x28x6,4704,156,117600
avgpool1,avgpool,14x14x6,1176,0,0
conv2,conv,10x10x16,1600,2416,240000
avgpool2,avgpool,5x5x16,400,0,0
fc1.flatten,flatten,400,400,0,0
fc1,fc,120,120,48120,48000
fc2,fc,84,84,10164,10080
fc3,fc,10,10,850,840
"""
    )


@pytest.mark.parametrize(
    "key", [*COLUMNS, "ops.mul", "ops.tanh", "options.kernel", "options.connections", "options.nothing"]
)
def test_every_column_by_itself(cli: Cli, key: str) -> None:
    found = cli("table", "lenet5_1998", "--columns", key, "--format", "csv")
    assert found.code == 0 and found.out.splitlines()[0] in (f"name,{key}", "name")
    for format in ("plain", "table", "markdown", "latex", "html"):
        found = cli("table", "lenet5_1998", "--columns", key, "--format", format)
        assert found.code == 0 and found.err == ""


@pytest.mark.parametrize("group", GROUPS)
def test_groups(cli: Cli, group: str) -> None:
    head = cli("table", "lenet5", "--columns", group, "--format", "csv").out.splitlines()[0].split(",")
    wanted = [key for key in GROUPS[group] if key not in ("ops", "name")]
    if "ops" in GROUPS[group]:
        wanted += ["ops.mul", "ops.add", "ops.div"]
    assert head == ["name", *wanted]


def test_order_and_repeats(cli: Cli) -> None:
    head = cli(
        "table", "lenet5", "--columns", "macs, params,name,macs,params.total", "--format", "csv"
    ).out.splitlines()[0]
    assert head == "name,macs,params.weights,params.biases,params.total"
    assert cli("table", "lenet5", "--columns", " , ", "--format", "csv").out.splitlines()[:2] == [
        "name",
        "conv1",
    ]


@pytest.mark.parametrize(
    ("columns", "help"),
    [
        ("mac", "did you mean macs?"),
        ("params.totl", "did you mean params.total?"),
        ("al", "did you mean all?"),
        ("ops.foo", "did you mean ops"),
        ("recptive_field", "did you mean receptive_field?"),
        ("xyzzy", "there are name layer from"),
    ],
)
def test_unknown_names(cli: Cli, columns: str, help: str) -> None:
    found = cli("table", "lenet5", "--columns", f"macs,{columns}")
    assert found.code == 2 and found.out == ""
    assert f"there is no column {columns}" in found.err and help in found.err


def test_all_kinds_of_operations_can_be_asked_for(cli: Cli) -> None:
    keys = ",".join(f"ops.{kind}" for kind in KINDS)
    rows = read(cli("table", "lenet5_1998", "--columns", keys, "--format", "csv").out)
    assert {key for row in rows for key, text in row.items() if key != "name" and text != "0"} == {
        "ops.mul",
        "ops.add",
        "ops.sub",
        "ops.tanh",
    }


def test_options(cli: Cli) -> None:
    rows = read(
        cli(
            "table", "lenet5", "--columns", "options.kernel,options.units,options.padding", "--format", "csv"
        ).out
    )
    assert (rows[0]["options.kernel"], rows[0]["options.padding"], rows[0]["options.units"]) == ("5", "0", "")
    assert rows[-1]["options.units"] == "10"


def test_flops(cli: Cli) -> None:
    text = cli("table", "lenet5", "--convention", "flops").out
    assert "FLOPs = 2 × MACs" in text.splitlines()[2] and "  833,040" in text and " 416,520" not in text
    assert (
        cli("table", "lenet5", "--convention", "flops", "--format", "csv")
        .out.splitlines()[1]
        .endswith(",235200")
    )
    found = cli("table", "lenet5", "--convention", "flops", "--format", "json").json
    assert found["totals"]["macs"] == 416520 and found["totals"]["flops"] == 833040
    assert cli("table", "lenet5", "--convention", "gmacs").code == 2


def test_formulas_stand_beside_the_numbers(cli: Cli) -> None:
    text = cli("table", "lenet5", "--formulas").out
    assert "5·5·6·16 + 16" in text and "10·10·5·5·6·16" in text and "416,520" in text
    assert "400·120 + 120" in text


def test_units(cli: Cli) -> None:
    si, zh = (cli("table", "vgg16", "--units", units).out.splitlines()[-8:] for units in ("si", "zh"))
    assert any("138M" in line and "15.5G" in line for line in si), si
    assert any("1.38亿" in line and "155亿" in line for line in zh), zh
    assert (
        cli("table", "vgg16", "--units", "si", "--format", "csv").out
        == cli("table", "vgg16", "--format", "csv").out
    )
    assert (
        cli("table", "vgg16", "--units", "zh", "--format", "json").out
        == cli("table", "vgg16", "--format", "json").out
    )


def test_ascii(cli: Cli) -> None:
    for arguments in (
        ["table", "resnet50", "--depth", "2", "--formulas"],
        ["list"],
        ["layers", "conv"],
        ["compare", "vgg16", "lenet5"],
    ):
        for format in ("plain", "table", "markdown"):
            text = cli("--ascii", *arguments, "--format", format).out
            drawn = {c for c in text if not c.isascii() and not c.isalpha()}
            assert not drawn, (arguments, format, drawn)
