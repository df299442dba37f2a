"""`compare`: totals side by side, ratios over a baseline, and scans over a parameter."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .conftest import Cli

RATIOS = ["params", "macs", "flops", "activations", "peak_activation_bytes"]
KEYS = {"name", *RATIOS, "layers", "weight_layers", "depth", "ratio"}
EMPTY = "{name: nothing, input: 8x8x3, layers: [relu]}"


def test_the_bottleneck_of_the_course(cli: Cli) -> None:
    """Ng's course, week 2: 120 million multiplications become 12.4 million."""
    found = cli("compare", "inception_naive_5x5", "inception_bottleneck_5x5", "--format", "json")
    assert found.code == 0 and found.err == "" and found.json["schema"] == "shapecalc/1"
    first, second = found.json["architectures"]
    assert (first["macs"], second["macs"]) == (120_422_400, 12_443_648)
    assert found.json["baseline"] == first["name"]
    assert first["ratio"] == dict.fromkeys(RATIOS, 1.0)
    assert second["ratio"]["macs"] == 12_443_648 / 120_422_400 == pytest.approx(0.103, abs=5e-4)


def test_keys_and_values(cli: Cli) -> None:
    found = cli("compare", "vgg16", "resnet50", "lenet5", "--format", "json").json
    assert set(found) == {"schema", "baseline", "architectures"}
    for name, row in zip(("vgg16", "resnet50", "lenet5"), found["architectures"]):
        table = cli("table", name, "--format", "json").json
        totals = table["totals"]
        assert set(row) - {"spec"} == KEYS and set(row["ratio"]) == set(RATIOS)
        assert row["name"] == table["name"] and row["spec"] == name
        assert row["params"] == totals["params"]["total"] and row["layers"] == len(table["layers"])
        for key in ("macs", "flops", "activations", "peak_activation_bytes", "weight_layers", "depth"):
            assert row[key] == totals[key] and type(row[key]) is int
        assert all(type(value) is float for value in row["ratio"].values())
    # He et al. 2015: 50 layers deep, and four projections beside; Simonyan & Zisserman 2014: 16 weight layers
    assert [(row["weight_layers"], row["depth"]) for row in found["architectures"]] == [
        (16, 16),
        (54, 50),
        (5, 5),
    ]


def test_another_baseline(cli: Cli) -> None:
    found = cli("compare", "vgg16", "resnet50", "--baseline", "resnet50", "--format", "json").json
    assert found["baseline"] == "ResNet-50" and [a["spec"] for a in found["architectures"]] == [
        "vgg16",
        "resnet50",
    ]
    assert found["architectures"][1]["ratio"]["params"] == 1.0
    found = cli("compare", "vgg16", "--baseline", "lenet5", "--format", "json").json
    assert found["baseline"] == "LeNet-5" and [a["spec"] for a in found["architectures"]] == [
        "lenet5",
        "vgg16",
    ]
    assert cli("compare", "vgg16", "resnet50", "--baseline", "nowhere").code == 2


def test_over_zero(cli: Cli) -> None:
    found = cli("compare", "-", "lenet5", "--format", "json", stdin=EMPTY)
    ratio = found.json["architectures"][1]["ratio"]
    assert ratio["params"] is None and ratio["macs"] is None and ratio["activations"] == 8494 / 192
    line = next(
        line
        for line in cli("compare", "-", "lenet5", stdin=EMPTY).out.splitlines()
        if line.startswith("lenet5")
    )
    assert line.split()[:5] == ["lenet5", "61,706", "–", "416,520", "–"]


def test_printed(cli: Cli) -> None:
    text = cli("compare", "inception_naive_5x5", "inception_bottleneck_5x5").out
    assert "120,422,400   1.00×" in text and "12,443,648  0.103×" in text
    assert "over inception_naive_5x5" in text and "multiply-accumulates" in text
    assert "155亿" in cli("compare", "vgg16", "lenet5", "--units", "zh").out
    flops = cli("compare", "vgg16", "lenet5", "--convention", "flops").out
    assert "FLOPs = 2 × MACs" in flops and "30,940,528,640" in flops and "15,470,264,320" not in flops
    assert "a batch of 8" in cli("compare", "vgg16", "lenet5", "--batch", "8").out


def test_csv_has_every_key(cli: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("compare", "vgg16", "lenet5", "--format", "csv").out)))
    assert set(rows[0]) == {"spec", *KEYS - {"ratio"}, *(f"ratio.{key}" for key in RATIOS)}
    assert rows[1]["name"] == "LeNet-5" and rows[1]["macs"] == "416520"
    assert float(rows[1]["ratio.macs"]) == 416520 / 15470264320


def test_a_broken_one_keeps_its_place(cli: Cli) -> None:
    found = cli("compare", "vgg16", "nowhere", "lenet5", "--format", "json")
    assert found.code == 2 and [a["name"] for a in found.json["architectures"]] == [
        "VGG-16",
        "nowhere",
        "LeNet-5",
    ]
    assert set(found.json["architectures"][1]) == {"name", "spec", "error"}
    found = cli("compare", "nowhere", "vgg16", "lenet5", "--format", "json")
    assert found.code == 2 and set(found.json["architectures"][2]["ratio"].values()) == {None}
    found = cli("compare", "vgg16", "nowhere", "lenet5")
    assert found.code == 2 and "lenet5" in found.out and "nowhere" in found.err
    found = cli("compare", "nowhere", "never")
    assert found.code == 2 and found.out == ""


# He et al. 2015, Table 1, and torchvision: parameters of ResNet-50 and of ResNet-101 (conv4 = 23)
def test_scan(cli: Cli) -> None:
    found = cli("compare", "resnet50", "--scan", "conv4=6:23:17", "--format", "json")
    assert found.code == 0
    rows = found.json["architectures"]
    assert [row["name"] for row in rows] == ["resnet50 conv4=6", "resnet50 conv4=23"]
    assert [row["params"] for row in rows] == [25_557_032, 44_549_160]
    assert (
        found.json["baseline"] == "resnet50 conv4=6" and rows[1]["ratio"]["params"] == 44_549_160 / 25_557_032
    )
    assert cli("compare", "resnet50", "--scan", "conv4=6:23:17").out.count("\nresnet50 conv4=") == 2


def test_scans_hold_both_ends_and_combine(cli: Cli) -> None:
    def labels(*arguments: str) -> list[str]:
        return [row["name"] for row in cli("compare", *arguments, "--format", "json").json["architectures"]]

    assert labels("resnet50", "--scan", "conv4=2:4") == [f"resnet50 conv4={n}" for n in (2, 3, 4)]
    assert labels("resnet50", "--scan", "conv4=2:2") == ["resnet50 conv4=2"]
    assert labels("resnet50", "--scan", "conv4=2:7:2") == [f"resnet50 conv4={n}" for n in (2, 4, 6)]
    assert labels("lenet5", "resnet50", "--scan", "conv4=1:2", "--scan", "conv5=3:4") == [
        "LeNet-5",
        *(f"resnet50 conv4={a} conv5={b}" for a in (1, 2) for b in (3, 4)),
    ]
    assert labels("resnet50", "--scan", "conv4=1:2", "--baseline", "resnet50") == [
        "ResNet-50",
        "resnet50 conv4=1",
        "resnet50 conv4=2",
    ]
    assert (
        cli(
            "compare", "resnet50", "--scan", "conv4=1:2", "--baseline", "resnet50 conv4=2", "--format", "json"
        ).json["baseline"]
        == "resnet50 conv4=2"
    )


def test_scan_of_a_symbol(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "net.yaml"
    path.write_text("{input: HxHx3, layers: [{conv: {filters: 4, kernel: 3}}]}")
    found = cli("compare", path, "--scan", "H=3:5", "--format", "json")
    assert found.code == 0 and [row["macs"] for row in found.json["architectures"]] == [108, 432, 972]
    found = cli("compare", path, "--scan", "H=2:3", "--format", "json")
    assert (
        found.code == 2
        and "error" in found.json["architectures"][0]
        and found.json["architectures"][1]["macs"] == 108
    )


@pytest.mark.parametrize(
    ("scan", "words"),
    [
        ("cnv4=1:2", "did you mean conv4?"),
        ("conv4", "NAME=LO:HI"),
        ("conv4=3", "NAME=LO:HI"),
        ("conv4=a:b", "NAME=LO:HI"),
        ("=1:2", "NAME=LO:HI"),
        ("conv4=1:2:3:4", "NAME=LO:HI"),
        ("conv4=5:2", "no values"),
        ("conv4=1:5:0", "no values"),
        ("conv4=1:5:-1", "no values"),
        ("conv4=1:99999999", "more than"),
    ],
)
def test_scans_that_cannot_be(cli: Cli, scan: str, words: str) -> None:
    found = cli("compare", "resnet50", "--scan", scan)
    assert found.code == 2 and found.out == "" and words in found.err


def test_scanned_sizes_are_not_held_against_the_file(cli: Cli) -> None:
    found = cli("compare", "resnet50", "--scan", "conv4=2:3")
    assert found.code == 0 and found.err.count("not checked") == 1


LETTERS = "input: HxWx3\nlayers: [conv: {{filters: 8, kernel: {k}}}]\n"


@pytest.mark.parametrize(
    "format", ["plain", "table", "json", "jsonl", "csv", "tsv", "markdown", "latex", "html"]
)
def test_a_ratio_of_letters_is_left_open(cli: Cli, tmp_path: Path, format: str) -> None:
    paths = [tmp_path / f"{k}.yaml" for k in (3, 5)]
    for k, path in zip((3, 5), paths):
        path.write_text(LETTERS.format(k=k), "utf-8")
    found = cli("compare", *map(str, paths), "lenet5", "--format", format)
    assert found.code == 0 and "H" in found.out
    if format == "json":
        first, second, third = found.json["architectures"]
        assert (first["macs"], second["macs"]) == ("216*(H - 2)*(W - 2)", "600*(H - 4)*(W - 4)")
        assert first["ratio"] == dict.fromkeys(RATIOS, 1.0)
        assert second["ratio"] == {**dict.fromkeys(RATIOS), "params": 608 / 224}
        assert third["ratio"]["macs"] is None
    if format == "plain":
        assert "What a ratio of letters is depends on their numbers" in found.out
