"""`quiz` as a person meets it: files, formats by suffix, a folder for a class, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shapecalc.cli.quiz import FORMATS
from shapecalc.render import quiz as rendering

from .conftest import Cli

SHEET = """\
LeNet-5: fill in the blanks   name: ____________________   ____ / 3

layer        operation     output shape  activations    params
──────────────────────────────────────────────────────────────
input                      32×32×1             1,024         0
conv1        conv 6, f=5   28×28×6             4,704       156
avgpool1     avgpool f=2   14×14×6             1,176         0
conv2        conv 16, f=5  ________         ________  ________
avgpool2     avgpool f=2   5×5×16                400         0
fc1.flatten  flatten       400                   400         0
fc1          fc 120        120                   120    48,120
fc2          fc 84         84                     84    10,164
fc3          fc 10         10                     10       850

Shapes are H×W×C, without the batch.
f: filter size, s: stride, d: dilation, p: padding on each side.
Where nothing is said, f = 1, s = 1 (a pool steps by its f) and p = 0.
Output sizes are rounded down.
Activations are the numbers in a layer's output.
Params are weights and biases.
"""


def test_a_sheet_on_a_pipe(cli: Cli) -> None:
    found = cli("quiz", "lenet5", "--blank", "conv2")
    assert (found.code, found.err, found.out) == (0, "", SHEET)


def test_the_examples_work(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    Path("roster.csv").write_text("student_id\nmei\ntom\n")
    lines = [line.strip() for line in cli("quiz", "--help").out.splitlines()]
    examples = [line for line in lines if line.startswith("shapecalc quiz ")]
    assert len(examples) >= 3
    for example in examples:
        assert cli(*shlex.split(example)[1:]).code == 0, example
    assert Path("sheet.md").read_text().startswith("# LeNet-5") and Path("key.yaml").exists()
    assert {p.name for p in Path("sheets/keys").iterdir()} == {"mei.yaml", "tom.yaml"}


@pytest.mark.parametrize(
    "suffix", ["txt", "json", "jsonl", "csv", "tsv", "md", "tex", "html", "ipynb", "gift"]
)
def test_suffixes(cli: Cli, tmp_path: Path, suffix: str) -> None:
    sheet, solution = tmp_path / f"sheet.{suffix}", tmp_path / f"solution.{suffix}"
    assert cli("quiz", "lenet5", "-o", sheet, "--solution", solution).code == 0
    assert sheet.read_text() and solution.read_text()
    assert suffix == "gift" or sheet.read_text() != solution.read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([sheet.name, solution.name])


def test_the_formats_are_those_of_the_renderer() -> None:
    assert FORMATS == rendering.FORMATS and set(rendering.ENDING) == set(FORMATS)


def test_the_key_is_a_spec(cli: Cli, tmp_path: Path) -> None:
    key = tmp_path / "key.yaml"
    assert cli("quiz", "resnet101", "--set", "conv4=2", "--rate", "0.05", "--key", key).code == 0
    assert cli("check", key).code == 0
    wanted = cli("table", "resnet101", "--set", "conv4=2", "--format", "json").json
    found = cli("table", key, "--format", "json").json
    assert found["layers"] == wanted["layers"] and found["totals"] == wanted["totals"]


def test_a_key_makes_its_sheet_again(cli: Cli, tmp_path: Path) -> None:
    key = tmp_path / "key.yaml"
    cells = "conv2.params,fc1"
    first = cli("quiz", "lenet5", "--blank", cells, "--key", key, "--format", "csv").out
    assert cli("quiz", key, "--blank", cells, "--format", "csv").out == first


def test_a_class(cli: Cli, tmp_path: Path) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out"
    roster.write_text("name,student_id\nMei,17\nTom,a b\n")
    arguments = ("quiz", "lenet5", "--students", roster, "--format", "csv", "--solution", "x.md", "-o", out)
    found = cli(*arguments)
    assert found.code == 0 and found.out == "" and "2 sheets are in" in found.err
    files = {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert sorted(files) == [
        "keys/17.yaml", "keys/a_b.yaml", "sheets/17.csv", "sheets/a_b.csv", "solutions/17.md", "solutions/a_b.md",
    ]  # fmt: skip
    assert cli(*arguments).code == 0
    assert files == {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    for name in ("17", "a_b"):
        assert cli("check", out / "keys" / f"{name}.yaml").code == 0


def test_what_cannot_differ_is_said(cli: Cli, tmp_path: Path) -> None:
    found = cli("quiz", "vgg16", "--blank", "stride", "--variants", "2", "-o", tmp_path / "out")
    assert found.code == 0 and "nothing that the column stride depends on could be changed" in found.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lenet5", "--variants", "2"), "variants go into a folder"),
        (("lenet5", "--variants", "2", "-o", "x", "--key", "k"), "variants go into a folder"),
        (("lenet5", "--students", "nobody.csv", "-o", "x"), "nobody.csv cannot be read"),
        (("lenet5", "--batch", "2"), "a worksheet is for one sample"),
        (("lenet5", "-o", "sheet.foo"), ".ipynb .gift"),
        (("lenet5", "--columns", "parms"), "did you mean params?"),
        (("lenet5", "--rate", "2"), "2.0 is not in the range"),
        (("lenet", ), "did you mean lenet5?"),
        (("lenet5", "--set", "x=1"), "no parameter x"),
    ],
)  # fmt: skip
def test_refusals(
    cli: Cli, arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = cli("quiz", *arguments)
    assert found.code == 2 and words in found.err and not list(tmp_path.iterdir())


def test_a_broken_spec_shows_its_mistakes(cli: Cli) -> None:
    found = cli("quiz", "-", stdin="input: 8x8x3\nlayers: [conv: {filters: 0}, fc: ten]\n")
    assert found.code == 2 and found.out == "" and found.err.count("error[") == 2


def test_nothing_is_written_where_the_folder_is_a_file(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    found = cli("quiz", "lenet5", "--variants", "2", "-o", tmp_path / "out")
    assert found.code == 2 and "cannot be written" in found.err and (tmp_path / "out").read_text() == "mine"


def test_quiet_and_ascii(cli: Cli) -> None:
    found = cli("-q", "quiz", "vgg16", "--blank", "stage1.conv1.output_shape")
    assert found.err == "" and found.code == 0
    assert cli("--ascii", "quiz", "lenet5", "--choices", "3").out.isascii()


def test_flops_and_bytes(cli: Cli) -> None:
    found = cli("quiz", "lenet5", "--columns", "macs,memory", "--convention", "flops", "--dtype", "fp16", "--blank", "conv1.flops", "--format", "json")  # fmt: skip
    assert found.json["columns"] == ["layer", "flops", "memory"]
    assert found.json["rows"][1]["memory"] == 9408  # 28 × 28 × 6 numbers of two bytes


def test_json_keys(cli: Cli) -> None:
    data = cli("quiz", "lenet5", "--format", "json").json
    assert list(data) == [
        "schema",
        "name",
        "seed",
        "layout",
        "conventions",
        "marks",
        "columns",
        "rows",
        "blanks",
        "blank_marks",
        "questions",
    ]
    lines = cli("quiz", "lenet5", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["layer"] for line in lines][:2] == ["input", "conv1"]
