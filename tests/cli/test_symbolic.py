"""Letters on the command line: closed forms in tables, strings in JSON, conditions in words, refusals with a cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Cli

UNET = """\
input: HxWx3
layers:
  - conv: {filters: 8, kernel: 3, padding: same, name: enc}
  - maxpool: 2
  - conv: {filters: 16, kernel: 3, padding: same, name: enc2}
  - maxpool: 2
  - convtranspose: {filters: 16, kernel: 2, stride: 2}
  - concat: [prev, enc2]
  - convtranspose: {filters: 8, kernel: 2, stride: 2}
  - concat: {from: [prev, enc], name: joined}
  - conv: {filters: 2}
"""


@pytest.fixture
def unet(tmp_path: Path) -> Path:
    path = tmp_path / "unet.yaml"
    path.write_text(UNET, "utf-8")
    return path


def test_table(cli: Cli) -> None:
    shown = cli("table", "lenet5", "--symbolic", "H").out
    lines = shown.splitlines()
    assert "conv1        conv 6, f=5   (H − 4)×(H − 4)×6" in shown
    assert "avgpool2     avgpool f=2   (⌊(H − 16) / 4⌋ + 1)×(⌊(H − 16) / 4⌋ + 1)×16" in shown
    assert "All of it needs H ≥ 16." in lines
    assert "The letters are whole numbers from 1 on." in lines
    assert next(line for line in lines if line.startswith("total")).split() == [
        "total",
        "below",
        "below",
        "below",
    ]


def test_json_has_strings_of_the_expression_grammar(cli: Cli) -> None:
    found = cli("table", "vgg16", "--input", "HxWx3", "--batch", "N", "--format", "json").json
    assert found["inputs"] == {"input": ["H", "W", 3]}
    assert found["batch"] == "N"
    assert found["layers"][0]["output_shape"] == ["H", "W", 64]
    assert found["layers"][0]["macs"] == "1728*H*W*N"
    assert found["layers"][0]["receptive_field"]["size"] == [3, 3]
    assert found["totals"]["params"]["total"] == "2097152*(H//32)*(W//32) + 35597096"
    assert found["conditions"] == ["H >= 32", "W >= 32"]
    assert found["layers"][4]["conditions"] == ["H >= 2", "W >= 2"]
    assert found["output_shape"] == [1000]


def test_what_is_joined_again_must_divide(cli: Cli, unet: Path) -> None:
    found = cli("table", unet, "--format", "json").json
    assert found["conditions"] == ["H % 4 == 0", "W % 4 == 0"]
    assert found["output_shape"] == ["H", "W", 2]
    assert "All of it needs H a multiple of 4 and W a multiple of 4." in cli("table", unet).out


def test_a_number_binds_a_letter_again(cli: Cli, unet: Path) -> None:
    assert cli("table", unet, "--set", "H=8", "--set", "W=12", "--format", "json").json["output_shape"] == [
        8,
        12,
        2,
    ]
    assert cli("table", unet, "--set", "H=8", "--format", "json").json["output_shape"] == [8, "W", 2]
    assert cli("table", unet, "--input", "8x12x3", "--format", "json").json["output_shape"] == [8, 12, 2]
    assert cli("table", unet, "--set", "H=9", "--set", "W=12").code == 2


def test_h_alone_moves_w_on_a_square_input_and_says_so(cli: Cli) -> None:
    shown = cli("table", "lenet5", "--symbolic", "H")
    assert "note: the input is square, so W goes with H" in shown.err
    assert "W goes" not in cli("table", "lenet5", "--symbolic", "H,W").err


def test_csv_and_latex(cli: Cli) -> None:
    assert "conv1,conv,(H - 4)x(H - 4)x6" in cli("table", "lenet5", "--symbolic", "H", "--format", "csv").out
    latex = cli(
        "table", "lenet5", "--symbolic", "H", "--columns", "output_shape,macs", "--format", "latex"
    ).out
    assert r"$\left(\left\lfloor \frac{H - 16}{4} \right\rfloor + 1\right)" in latex


def test_a_run_needs_numbers(cli: Cli, unet: Path) -> None:
    shown = cli("verify", unet)
    assert shown.code == 2
    assert shown.err == (
        "error[SC218]: there is no number for H and W yet, and only numbers can be run\n"
        f" --> {unet}:1:8\n"
        "  |\n"
        "1 | input: HxWx3\n"
        "  |        ^^^^^\n"
        "  = help: bind it: --set H=224 --set W=224; or give the whole --input\n"
    )
    assert cli("expand", unet).code == 2


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("Q", "VGG-16 has no parameter and no axis Q"),
        ("clases", "did you mean classes?"),
        ("T", "VGG-16 has no parameter and no axis T"),
    ],
)
def test_a_name_that_is_none(cli: Cli, names: str, words: str) -> None:
    shown = cli("table", "vgg16", "--symbolic", names)
    assert shown.code == 2 and words in shown.err


def test_a_count_of_layers_is_no_letter(cli: Cli) -> None:
    shown = cli("table", "resnet50", "--symbolic", "conv4")
    assert shown.code == 2
    assert "a layer is repeated conv4 − 1 times, and only a number can be unrolled" in shown.err


def test_a_batch_that_is_a_letter_cannot_be_run(cli: Cli) -> None:
    found = cli("verify", "lenet5", "--batch", "N")
    assert found.code == 2 and "error: a batch of N samples cannot be run: only numbers can" in found.err


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("HxWx8", "conv1 is (H − 2)×(W − 2)×8, and H×W×8 was expected"),
        ("10x10x9", "conv1 is (H − 2)×(W − 2)×8, and 10×10×9 was expected"),
        ("[400]", "conv1 is (H − 2)×(W − 2)×8, and [400] was expected"),
        ("10x10x8", ""),  # so it is for 12×12, and the file leaves that open
        ("[H - 2, W - 2, 8]", ""),
    ],
)
def test_an_expectation_that_no_size_meets(cli: Cli, tmp_path: Path, expected: str, message: str) -> None:
    spec = tmp_path / "letters.yaml"
    spec.write_text(
        f"input: HxWx3\nlayers:\n  - conv: {{filters: 8, kernel: 3, expect: {expected}}}\n", "utf-8"
    )
    found = cli("check", str(spec))
    assert found.code == int(bool(message)) and message in found.out + found.err
