"""Several SPECs: a document each, in order; a broken one keeps its place, and the others stay."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Cli

DIAGNOSTIC = {
    "code",
    "severity",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "message",
    "help",
    "related",
}
BAD = "input: 8x8x3\nlayers:\n  - cnv: 3\n  - conv: {filters: 4, kernel: 99}\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    return path


def test_a_list_of_documents_in_order(cli: Cli) -> None:
    found = cli("table", "vgg16", "lenet5", "vgg16", "--format", "json")
    assert found.code == 0 and [d["name"] for d in found.json] == ["VGG-16", "LeNet-5", "VGG-16"]
    assert all(d["schema"] == "shapecalc/1" for d in found.json)
    assert found.json[1] == cli("table", "lenet5", "--format", "json").json


def test_a_broken_one_in_its_place(cli: Cli, bad: Path) -> None:
    found = cli("table", "lenet5", bad, "nowhere", "resnet18", "--format", "json")
    assert found.code == 2
    lenet, broken, missing, resnet = found.json
    assert lenet["totals"]["macs"] == 416520 and resnet["name"] == "ResNet-18"
    assert set(broken) == set(missing) == {"schema", "name", "error"}
    assert broken["schema"] == "shapecalc/1" and broken["name"] == str(bad)
    first = broken["error"][0]
    assert set(first) == DIAGNOSTIC
    assert (first["code"], first["severity"], first["file"]) == ("SC201", "error", str(bad))
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (3, 5, 3, 8)
    assert missing["error"][0]["code"] == "SC001" and missing["error"][0]["line"] is None
    assert "SC201" in found.err and "nowhere" in found.err


def test_one_broken_alone(cli: Cli, bad: Path) -> None:
    found = cli("table", bad, "--format", "json")
    assert found.code == 2 and set(found.json) == {"schema", "name", "error"} and "SC201" in found.err
    found = cli("table", "nowhere", "--format", "json")
    assert found.code == 2 and set(found.json) == {"schema", "name", "error"} and "nowhere" in found.err
    for format in ("plain", "csv", "table", "html"):
        found = cli("table", bad, "--format", format)
        assert found.code == 2 and found.out == "" and "SC201" in found.err


def test_jsonl_says_whose_row_it_is(cli: Cli, bad: Path) -> None:
    found = cli("table", "lenet5", bad, "vgg16", "--format", "jsonl")
    rows = [json.loads(line) for line in found.out.splitlines()]
    assert found.code == 2 and list(dict.fromkeys(row["spec"] for row in rows)) == [
        "lenet5",
        str(bad),
        "vgg16",
    ]
    document = cli("table", "lenet5", "--format", "json").json
    assert [row for row in rows if row["spec"] == "lenet5"] == [
        {"spec": "lenet5", **row} for row in document["layers"]
    ]
    assert [set(row) for row in rows if row["spec"] == str(bad)] == [{"spec", "error"}]


def test_csv_has_one_header_and_a_column_spec(cli: Cli) -> None:
    text = cli("table", "lenet5", "vgg16", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.count("params.total") == 1 and len({row["spec"] for row in rows}) == 2
    assert sum(int(row["params.total"]) for row in rows) == 61_706 + 138_357_544


def test_printed_tables_stand_one_below_the_other(cli: Cli, bad: Path) -> None:
    found = cli("table", "lenet5", bad, "nin_cifar10")
    assert found.code == 2
    places = [found.out.index(text) for text in ("LeNet-5 —", "SC201", "Network in Network")]
    assert places == sorted(places) and found.out.count("\ntotal") == 2


def test_the_worst_code_wins(cli: Cli, tmp_path: Path, bad: Path) -> None:
    unmet = tmp_path / "unmet.yaml"
    unmet.write_text("input: 8x8x3\nlayers: [relu]\nexpect: {params: 7}\n")
    assert cli("table", unmet).code == 1
    assert cli("table", "lenet5", unmet).code == 1
    assert cli("table", bad, unmet, "lenet5").code == 2
    assert cli("table", unmet, bad).code == 2
    assert cli("compare", "lenet5", unmet).code == 1
    assert cli("compare", "lenet5", unmet, bad).code == 2


def test_a_wrong_setting_is_said_once(cli: Cli) -> None:
    found = cli("table", "resnet18", "resnet34", "--set", "conv4=((")
    assert found.code == 2 and found.out == "" and found.err.count("error[") == 1
    found = cli("table", "resnet18", "resnet34", "--set", "conv4")
    assert found.code == 2 and "NAME=VALUE" in found.err
    found = cli("table", "resnet18", "--input", "")
    assert found.code == 2 and found.out == ""
