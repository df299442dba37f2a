"""The printed table: as fixed-width text, then by arithmetic: every printed column is added up."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest

from .conftest import Cli

LENET = """\
LeNet-5 — LeCun et al. 1998, Gradient-Based Learning Applied to Document Recognition, Figure 2

name         layer         output    activations  params     MACs
─────────────────────────────────────────────────────────────────
input                      32×32×1
conv1        conv 6, f=5   28×28×6         4,704     156  117,600
avgpool1     avgpool f=2   14×14×6         1,176       0        0
conv2        conv 16, f=5  10×10×16        1,600   2,416  240,000
avgpool2     avgpool f=2   5×5×16            400       0        0
fc1.flatten  flatten       400               400       0        0
fc1          fc 120        120               120  48,120   48,000
fc2          fc 84         84                 84  10,164   10,080
fc3          fc 10         10                 10     850      840
─────────────────────────────────────────────────────────────────
total                                      8,494  61,706  416,520

params: weights and biases. MACs: multiply-accumulates of one sample.
Taps on padding count as MACs; biases, pools, norms and activations do not.
FLOPs = 2 × MACs = 833,040; peak activation bytes 23,520 (fp32).
5 weight layers.
"""
NUMBER = re.compile(r"\d[\d,]*")
DEEP = (
    "resnet50",
    "googlenet_aux",
    "vgg16",
    "mobilenet_v2",
    "densenet121",
    "lenet5_1998",
    "xception",
    "resnet20",
)


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def columns(text: str) -> dict[str, list[str]]:
    """The columns of a printed table under their headings; the last cell is the total."""
    lines = text.splitlines()
    first, last = [i for i, line in enumerate(lines) if re.fullmatch("[─-]{9,}", line)]
    body = [lines[first - 1], *lines[first + 1 : last], lines[last + 1]]
    wide = ["".join(c + "\0" * (cells(c) - 1) for c in line) for line in body]
    width = max(map(len, wide))
    wide = [line.ljust(width) for line in wide]
    blank = [all(line[i] == " " for line in wide) for i in range(width)]
    starts = [
        i for i in range(width) if not blank[i] and (i == 0 or (i > 1 and blank[i - 1] and blank[i - 2]))
    ]
    found = {}
    for start, end in zip(starts, [*starts[1:], width]):
        heading, *rest = (line[start:end].replace("\0", "").strip() for line in wide)
        found[heading] = rest
    return found


def add_up(text: str, *without: str) -> dict[str, int]:
    """The totals of all columns of numbers, each found equal to the sum of the numbers above it."""
    totals = {}
    for heading, texts in columns(text).items():
        *rows, total = texts
        if NUMBER.fullmatch(total) and heading not in without:
            totals[heading] = int(total.replace(",", ""))
            assert totals[heading] == sum(int(t.replace(",", "")) for t in rows if t), heading
            assert rows[0] == "", "the input has no number"
    return totals


def test_lenet(cli: Cli) -> None:
    found = cli("table", "lenet5")
    assert found.code == 0 and found.err == "" and found.out.startswith(LENET)


@pytest.mark.parametrize("name", [*DEEP, "inception_resnet_v2", "resnet110"])
def test_columns_add_up(cli: Cli, name: str) -> None:
    wanted = cli("table", name, "--format", "json").json["totals"]
    totals = add_up(cli("table", name).out)
    assert totals == {
        "activations": wanted["activations"],
        "params": wanted["params"]["total"],
        "MACs": wanted["macs"],
    }


@pytest.mark.parametrize("name", DEEP)
def test_folding_keeps_every_sum(cli: Cli, name: str) -> None:
    printed = [cli("table", name, "--columns", "all")]
    printed += [cli("table", name, "--columns", "all", "--depth", depth) for depth in range(1, 6)]
    sums = [add_up(found.out) for found in printed]
    assert all(found == sums[0] for found in sums) and len(sums[0]) > 10
    lengths = [len(columns(found.out)["name"]) for found in printed]
    assert lengths[1:] == sorted(lengths[1:])


def test_a_fold_prints_its_sum(cli: Cli) -> None:
    found = columns(cli("table", "resnet50", "--depth", "2").out)
    lines = dict(zip(found["name"], found["params"]))
    # He et al. 2015, Table 1, conv3_x: four bottlenecks of 128, of which three are alike
    assert lines["stage2.bottleneck1"] == "379,392"
    assert lines["stage2.bottleneck2 ×3"] == f"{3 * 280_064:,}" == "840,192"
    outputs = dict(zip(found["name"], found["output"]))
    assert outputs["stage2.bottleneck2 ×3"] == "28×28×512"
    assert columns(cli("table", "resnet50", "--depth", "9").out) == columns(cli("table", "resnet50").out)


def test_a_fold_of_one_layer_and_its_flatten_is_that_layer(cli: Cli) -> None:
    found = columns(cli("table", "lenet5", "--depth", "1").out)
    assert found["name"] == ["input", "conv1", "avgpool1", "conv2", "avgpool2", "fc1", "fc2", "fc3", "total"]
    assert found["layer"][5] == "fc 120" and found["activations"][5] == "520"


@pytest.mark.parametrize("columns_", [10, 40, 80, 200])
def test_a_pipe_has_natural_width(cli: Cli, columns_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = cli("table", "lenet5_1998", "--columns", "all").out
    monkeypatch.setenv("COLUMNS", str(columns_))
    assert cli("table", "lenet5_1998", "--columns", "all").out == everything and "…" not in everything
    assert cli("table", "lenet5").out.startswith(LENET)


@pytest.mark.parametrize("width", [1, 20, 40, 60, 80, 132, 200])
def test_a_terminal_never_loses_a_digit(cli: Cli, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    data = cli("table", "vgg16", "--format", "json").json
    printed = cli("table", "vgg16", "--format", "table", "--columns", "all").out
    words = set(re.findall(r"[\d,]+", printed))
    for row in [*data["layers"], data["totals"]]:
        assert {f"{row['macs']:,}", f"{row['params']['total']:,}", f"{row['activations']:,}"} <= words
    assert "…" not in printed


@pytest.mark.parametrize("width", [100, 200])
def test_terminal_and_pipe_have_the_same_columns(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    table, plain = (cli("table", "vgg16", "--format", format).out for format in ("table", "plain"))
    heads = [
        next(line for line in text.splitlines() if line.startswith("name")).split() for text in (table, plain)
    ]
    assert heads[1] == heads[0][:6] == ["name", "layer", "output", "activations", "params", "MACs"]
    assert heads[0][6:] == ["share", "of", "params"] * (width == 200)  # a bar, where there is room


@pytest.mark.parametrize("format", ["table", "plain", "markdown", "latex", "html"])
def test_the_convention_stands_at_the_foot(cli: Cli, format: str) -> None:
    assert "multiply-accumulates" in cli("table", "lenet5", "--format", format).out
    assert "FLOPs = 2 × MACs" in cli("table", "lenet5", "--format", format).out.replace(r"$\times$", "×")


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl"])
def test_no_convention_in_data(cli: Cli, format: str) -> None:
    found = cli("table", "vgg16", "--format", format).out
    assert "multiply-accumulates" not in found and "total" not in found.replace('"total"', "").replace(
        "s.total", ""
    ).replace('"totals"', "")


def test_batch_frozen_and_buffers_are_said(cli: Cli) -> None:
    text = cli("table", "lenet5", "--batch", "32").out
    assert "multiply-accumulates of a batch of 32" in text and f"{416520 * 32:,}" in text
    text = cli("table", "transfer_vgg16").out
    # the course: three classes on top of a frozen VGG-16, 4096·3 + 3
    assert "12,291 params are trainable, 134,260,544 frozen" in text
    assert "53,120 buffers" in cli("table", "resnet50").out


def test_several_inputs_and_none(cli: Cli) -> None:
    spec = "{input: {left: 8x8x3, right: 8x8x3}, layers: [{add: [left, right]}, relu]}"
    found = columns(cli("table", "-", stdin=spec).out)
    assert found["name"] == ["left", "right", "add1", "relu1", "total"]
    found_none: dict[str, Any] = columns(cli("table", "-", stdin="{input: 8x8x3, layers: []}").out)
    assert found_none["name"] == ["input", "total"]


def test_chinese_names_line_up(cli: Cli) -> None:
    spec = "{name: 网络, input: 8x8x3, layers: [{conv: {filters: 4, name: 第一个卷积层}}, {relu: {name: 激活}}, {conv: 16}]}"
    text = cli("table", "-", stdin=spec).out
    found = columns(text)
    assert found["name"] == ["input", "第一个卷积层", "激活", "conv1", "total"]
    assert add_up(text)["params"] == 3 * 4 + 4 + 4 * 16 + 16
    rules = [line for line in text.splitlines() if line.startswith("──")]
    assert {cells(rule) for rule in rules} == {max(cells(line) for line in text.splitlines()[2:9])}


def test_text_from_a_file_is_never_markup(cli: Cli) -> None:
    spec = 'name: "[bold]x[/bold] :smile: \\e[31mred\\a"\nnote: "[link=http://a]b[/link]"\ninput: 8x8x3\nlayers: [relu]\n'
    for format in ("plain", "table"):
        out = cli("--color", "never", "table", "-", "--format", format, stdin=spec).out
        assert "[bold]x[/bold] :smile: red" in out and "[link=http://a]b[/link]" in out
        assert "\x1b" not in out and "\a" not in out
    assert "<b" not in cli("table", "-", "--format", "html", stdin=spec.replace("[bold]", "<b>")).out.replace(
        "<body", ""
    )


def test_a_long_name_is_not_cut(cli: Cli) -> None:
    name = "a_very_long_name_" * 12
    spec = f"{{input: 8x8x3, layers: [{{conv: {{filters: 4, name: {name}}}}}]}}"
    for format in ("plain", "markdown", "csv"):
        out = cli("table", "-", "--format", format, stdin=spec).out
        assert name in re.sub(r"\s|\\", "", out), format
