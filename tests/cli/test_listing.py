"""`list` and `layers`: what comes with the program, in its files' own words."""

from __future__ import annotations

import csv
import io

import pytest

from shapecalc import catalogue, layers

from .conftest import Cli

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown", "latex", "html")


def test_list(cli: Cli) -> None:
    found = cli("list", "--format", "json")
    assert found.code == 0 and found.err == "" and found.json["schema"] == "shapecalc/1"
    rows = found.json["architectures"]
    assert [row["spec"] for row in rows] == catalogue.names()
    assert all(row["name"] and row["source"] for row in rows)
    text = cli("list").out
    assert all(name in text for name in catalogue.names())


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("vgg16", ["transfer_vgg16", "vgg16"]),
        ("vgg1?", ["vgg11", "vgg13", "vgg16", "vgg19"]),
        ("lenet5*", ["lenet5", "lenet5_1998", "lenet5_rgb"]),
        ("resnet[23]0", ["resnet20"]),
        ("VGG11", ["vgg11"]),
    ],
)
def test_patterns(cli: Cli, pattern: str, names: list[str]) -> None:
    found = cli("list", pattern, "--format", "json")
    assert found.code == 0 and [row["spec"] for row in found.json["architectures"]] == names


def test_nothing_found(cli: Cli) -> None:
    found = cli("list", "xyzzy")
    assert found.code == 1 and "Traceback" not in found.err
    assert cli("list", "xyzzy", "--format", "json").json == {"schema": "shapecalc/1", "architectures": []}


def test_long(cli: Cli) -> None:
    rows = cli("list", "vgg16", "--long", "--format", "json").json["architectures"]
    # Simonyan & Zisserman 2014, Table 2: 138 million
    assert rows[1]["params"] == 138_357_544 and rows[1]["macs"] == 15_470_264_320
    assert rows[1]["input"] == [224, 224, 3] and rows[1]["weight_layers"] == 16
    text = cli("list", "vgg16", "--long").out
    assert "138,357,544" in text and "224×224×3" in text
    assert "1.38亿" in cli("list", "vgg16", "--long", "--units", "zh").out
    assert (
        "vgg16,VGG-16,224x224x3,138357544,15470264320,16"
        in cli("list", "vgg16", "--long", "--format", "csv").out
    )


@pytest.mark.parametrize("format", FORMATS)
def test_every_format(cli: Cli, format: str) -> None:
    for command in (
        ["list"],
        ["list", "lenet", "--long"],
        ["layers"],
        ["layers", "conv"],
        ["layers", "relu"],
    ):
        found = cli(*command, "--format", format)
        assert found.code == 0 and found.out and found.err == "", command


def test_layers(cli: Cli) -> None:
    rows = cli("layers", "--format", "json").json["layers"]
    assert [row["name"] for row in rows] == list(layers.words())
    conv = next(row for row in rows if row["name"] == "conv")
    assert conv["options"][:4] == ["filters", "kernel", "stride", "padding"]
    assert all(row["summary"].endswith(".") for row in rows)


@pytest.mark.parametrize("word", layers.words())
def test_every_page(cli: Cli, word: str) -> None:
    layer = layers.load(word)
    assert layer is not None
    found = cli("layers", word)
    assert found.code == 0 and found.err == "" and found.out.startswith(f"{word} — ")
    data = cli("layers", word, "--format", "json").json
    assert data["name"] == word and [option["name"] for option in data["options"]] == list(layer.OPTIONS)
    assert all(set(option) == {"name", "short", "kind", "default", "help"} for option in data["options"])
    assert all(option["help"] for option in data["options"])
    assert len(data["examples"]) == len(layer.CASES) and all(case.source in found.out for case in layer.CASES)
    letters = set(data["letters"])
    for formula in (*data["formulas"].values(), *data["shape_rule"]):
        assert "None" not in formula and "//" not in formula
    assert all(data["letters"].values()) and letters == set(data["letters"])
    for alias in layer.aliases:
        assert cli("layers", alias).out == found.out


def test_what_keeps_the_shape_says_so(cli: Cli) -> None:
    for word in ("relu", "bn", "softmax", "dropout", "add", "lrn"):
        assert cli("layers", word, "--format", "json").json["shape_rule"] == ["N"], word
    for word in ("fc", "upsample", "concat", "flatten", "globalavgpool"):
        assert cli("layers", word, "--format", "json").json["shape_rule"] != ["N"], word


def test_the_page_of_conv(cli: Cli) -> None:
    text = cli("layers", "conv").out
    assert "⌊(N + 2·P − F) / S⌋ + 1" in text and "⌈N / S⌉" in text
    assert "weights: F_H·F_W·C_in·C_out\nbiases: C_out\nmacs: M_H·M_W·F_H·F_W·C_in·C_out\n" in text
    assert "example: 32×32×1 → conv {filters: 6, kernel: 5} → 28×28×6; weights 150, biases 6" in text


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Conv2d", "conv"),
        ("nn.MaxPool2d", "maxpool"),
        ("Dense", "fc"),
        ("卷积", "conv"),
        ("BatchNormalization", "bn"),
        ("conb", "conv"),
    ],
)
def test_words_of_other_tools(cli: Cli, word: str, meant: str) -> None:
    found = cli("layers", word)
    assert found.code == 2 and found.out == "" and f"did you mean {meant}?" in found.err


def test_the_index_as_csv(cli: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("layers", "--format", "csv").out)))
    assert next(row["options"] for row in rows if row["name"] == "fc") == "units bias"
