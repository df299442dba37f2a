"""A key for every student, as `quiz --students` writes them: one class table, and a neighbour's sheet is recognised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shapecalc.cli._main import run

KEY = """name: HW1
input: {size}x{size}x1
layers:
  - conv: {{name: conv1, filters: {filters}, kernel: 5}}
  - fc: {{name: fc1, units: 10}}
grading:
  columns: [output_shape, params]
  marks: {{conv1: {{output_shape: 0}}, fc1: {{output_shape: 0}}}}
"""
SHEET = "layer,output_shape,params\ninput,{input},0\nconv1,{conv1},{params}\nfc1,10,{fc}\n"
ANN = SHEET.format(input="32x32x1", conv1="28x28x6", params=156, fc=47050)
BOB = SHEET.format(input="36x36x1", conv1="32x32x8", params=208, fc=81930)
"""28·28·6·10 + 10 and 32·32·8·10 + 10, 5·5·1·6 + 6 and 5·5·1·8 + 8."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("class", "sheets/keys"):
        Path(name).mkdir(parents=True)
    for name, size, filters in (("ann", 32, 6), ("bob", 36, 8), ("eve", 40, 8)):
        Path(f"sheets/keys/{name}.yaml").write_text(KEY.format(size=size, filters=filters))
    Path("class/ann.csv").write_text(ANN)
    Path("class/bob.csv").write_text(BOB)


def marked(*words: str) -> dict[str, tuple[float, list[str]]]:
    assert (
        run(["--lang", "en", "grade", "sheets", "class", "--format", "json", "-o", "out.json", *words]) == 0
    )
    answers = json.loads(Path("out.json").read_text("utf-8"))["answers"]
    return {sheet["student"]: (sheet["score"], sheet.get("problems", [])) for sheet in answers}


def test_each_by_his_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert marked("--gradebook", "book.csv") == {"ann": (2, []), "bob": (2, [])}
    assert [line[:6] for line in Path("book.csv").read_text().splitlines()[1:]] == ["ann,2,", "bob,2,"]
    assert run(["--lang", "en", "grade", "sheets/keys", "class"]) == 0
    out = capsys.readouterr().out
    assert "no hand-in: eve" in out
    assert "expected" not in out.partition("cell by cell")[2]  # the keys have different ones


def test_a_neighbours_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    Path("class/ann.csv").write_text(BOB)
    score, (problem,) = marked()["ann"]
    assert score == 0
    assert (
        problem
        == "the numbers given on this sheet are not those of its student, so nothing follows from them"
    )
    assert run(["--lang", "en", "grade", "sheets", "class"]) == 0
    assert "sheets of somebody else (whose in brackets): ann (bob)" in capsys.readouterr().out


def test_a_slip_of_the_pen_is_no_other_sheet() -> None:
    Path("class/ann.csv").write_text(ANN.replace("28x28x6", "28x28x5"))
    assert marked()["ann"] == (2, [])


def test_nobody_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    Path("class/zoe.csv").write_text(ANN)
    assert marked()["zoe"] == (0, ["there is no key for zoe"])
    Path("class/keys.yaml").unlink(missing_ok=True)
    assert run(["--lang", "en", "grade", "class", "class"]) == 2
    assert "class is a folder, and holds no keys" in capsys.readouterr().err
    assert run(["--lang", "en", "grade", "sheets", "class", "--check-key"]) == 2
