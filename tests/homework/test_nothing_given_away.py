"""Whoever has not answered is told no answer: on no page, in no format, and not in the arithmetic of another cell.

The right values are those of the seed problem `seed-lenet6`: 32×32×3 through 5×5 filters, as marks/sheets.py has them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import written

KEY = dedent(LENET) + "grading:\n  columns: [output_shape, params]\n"
COLUMNS = "layer,output_shape,params"
RIGHT = {"CONV1": ("28x28x6", "456"), "POOL1": ("14x14x6", "0"), "CONV2": ("10x10x16", "2416"), "POOL2": ("5x5x16", "0"),
         "FC3": ("120", "48120"), "FC4": ("84", "10164"), "OUT": ("10", "850")}  # fmt: skip
EMPTY = {
    "nothing at all": "",
    "an unfilled sheet": f"{COLUMNS}\n" + "".join(f"{row},?,?\n" for row in RIGHT),
    "only a heading": f"{COLUMNS}\n",
    "no table": "here is my homework, sorry\n",
    "unreadable cells": f"{COLUMNS}\n" + "".join(f"{row},10x10x,1 or 2\n" for row in RIGHT),
    "bytes": "\x00\x01\x02%PDF-1.4\n",
}
FORMATS = ("plain", "table", "json", "jsonl", "csv", "tsv", "markdown", "latex", "html", "gradescope")
PAGES = ("html", "markdown")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    written("key.yaml", KEY)
    return tmp_path


def everything(capsys: pytest.CaptureFixture[str], sheet: str, *options: str) -> dict[str, str]:
    """All that a run writes about one sheet, by where it stands; the class table beside a second, empty one included."""
    written("in/mei.csv", sheet)
    said: dict[str, str] = {}
    for format in FORMATS:
        run(["--lang", "en", "grade", "key.yaml", "in/mei.csv", "--format", format, *options])
        said[format] = capsys.readouterr().out
    for pages in PAGES:
        run(["--lang", "en", "grade", "key.yaml", "in/mei.csv", "--feedback", pages, "--feedback-format", pages, *options])  # fmt: skip
        said[f"page in {pages}"] = "".join(p.read_text("utf-8") for p in Path(pages).iterdir())
    written("in/tom.csv", sheet)
    run(["--lang", "en", "grade", "key.yaml", "in", "--format", "plain", "--gradebook", "new.csv", *options])
    said["class"] = capsys.readouterr().out
    said["gradebook"] = Path("new.csv").read_text("utf-8")
    Path("moodle.csv").write_text("Identifier,Full name,Grade,Maximum Grade,Feedback comments\nParticipant 1,mei,,14.00,\n", "utf-8")  # fmt: skip
    run(["--lang", "en", "grade", "key.yaml", "in/mei.csv", "--gradebook", "moodle.csv", *options])
    said["Moodle's worksheet"] = Path("moodle.csv").read_text("utf-8")
    capsys.readouterr()
    return said


def told(text: str, value: str) -> bool:
    """Whether a value stands in the text, in whatever way shapes and thousands are written."""
    axes = value.split("x")
    if len(axes) > 1:
        shape = r"\s*(?:×|x|, ?|·|\$\\times\$|&times;)\s*".join(axes)
        return bool(re.search(rf"(?<!\d){shape}(?!\d)", text))
    thousands = f"{int(value):,}"
    return bool(re.search(rf"(?<![\d.,]){value}(?![\d.])|(?<![\d.,]){thousands}(?![\d])", text))


SECRET = [v for row in RIGHT.values() for v in row if v not in ("0", "10", "84", "120")]
"""Values that stand nowhere but in answers."""


@pytest.mark.parametrize("reveal", ["never", "wrong", ""])
@pytest.mark.parametrize("name", list(EMPTY))
def test_an_empty_hand_in_buys_nothing(capsys: pytest.CaptureFixture[str], name: str, reveal: str) -> None:
    said = everything(capsys, EMPTY[name], *(["--reveal", reveal] if reveal else []))
    leaks = [(place, value) for place, text in said.items() for value in SECRET if told(text, value)]
    assert leaks == []
    assert not any("Worked solutions" in text for text in said.values())


def test_all_may_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    said = everything(capsys, EMPTY["an unfilled sheet"], "--reveal", "all")
    for place in ("plain", "html", "page in html", "page in markdown", "json", "gradescope", "class"):
        assert all(told(said[place], value) for value in ("456", "28x28x6", "48120")), place


def test_a_blank_cell_is_not_spelled_by_its_neighbour(capsys: pytest.CaptureFixture[str]) -> None:
    """The activations' arithmetic is the blank shape; the worked solution's heading has it, too."""
    written(
        "key.yaml",
        KEY.replace("columns: [output_shape, params]", "columns: [output_shape, activations, params]"),
    )
    sheet = "layer,output_shape,activations,params\nCONV1,,99,450\nCONV2,10x10x16,,2400\nFC3,120,120,48120\n"
    for place, text in everything(capsys, sheet).items():
        assert not told(text, "28x28x6"), place
        assert not re.search(r"28 ?[·×x*] ?28", text), place
        assert not told(text, "1600"), place  # blank; its factors are CONV2's own shape, which is right
    plain = everything(capsys, sheet)["plain"]
    assert "CONV1 activations 99: no usual slip gives this; expected 4,704\n" in plain
    assert "expected 456: 5·5·3·6 + 6 = 456" in plain


@pytest.mark.parametrize("reveal", ["never"])
def test_never_is_never(capsys: pytest.CaptureFixture[str], reveal: str) -> None:
    """Wrong in every cell: slips are named, and no right value is."""
    sheet = f"{COLUMNS}\n" + "".join(f"{row},7x7x7,777\n" for row in RIGHT)
    said = everything(capsys, sheet, "--reveal", reveal)
    assert [(p, v) for p, text in said.items() for v in [*SECRET, "120", "84"] if told(text, v)] == []


def test_an_accepted_or_near_answer_does_not_tell_the_exact_one(capsys: pytest.CaptureFixture[str]) -> None:
    written(
        "key.yaml",
        KEY.replace("grading:", "grading:\n  accept: {CONV1.params: [460]}\n  tolerance: {FC3.params: 5%}"),
    )
    said = everything(capsys, f"{COLUMNS}\nCONV1,28x28x6,460\nFC3,120,48000\n", "--reveal", "never")
    assert [(p, v) for p, text in said.items() for v in ("456", "48120") if told(text, v)] == []
    cells = json.loads(said["json"])["answers"][0]["cells"]
    states = {(c["layer"], c["quantity"]): c["state"] for c in cells}
    assert states["CONV1", "params"] == "correct" and states["FC3", "params"] != "wrong"


def test_the_class_report_tells_what_was_told(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b", "c"):
        written(f"in/{name}.csv", f"{COLUMNS}\nCONV1,28x28x6,450\n")
    run(["--lang", "en", "grade", "key.yaml", "in"])
    out = capsys.readouterr().out
    assert re.search(r"CONV1 params +456 ", out) and not re.search(r"CONV2 params +2,416", out)
    assert "check the key: 3 of 3 write 450 for CONV1 params, and the key says 456" in out
    run(["--lang", "en", "grade", "key.yaml", "in", "--reveal", "never"])
    out = capsys.readouterr().out
    assert "456" not in out and "check the key: 3 of 3 write 450 for CONV1 params\n" in out
