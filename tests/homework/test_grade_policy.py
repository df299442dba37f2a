"""Hand-ins as a whole: late ones, attempts, marks by hand, an earlier run beside this one, and no names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shapecalc.cli._main import run

KEY = """name: HW1
input: 32x32x3
layers:
  - conv: {name: conv1, filters: 6, kernel: 5}
grading:
  columns: [output_shape, params]
"""
RIGHT = "layer,output_shape,params\nconv1,28x28x6,456\n"
NO_BIAS = RIGHT.replace("456", "450")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("class").mkdir()
    Path("key.yaml").write_text(KEY)
    Path("class/mei-1.csv").write_text(RIGHT)
    Path("class/mei-2.csv").write_text(NO_BIAS)
    Path("class/mei.csv").write_text(NO_BIAS)
    Path("class/lina_LATE_4242_99_answers.csv").write_text(RIGHT)


def sheets(*words: str, more: str = "") -> dict[str, dict[str, object]]:
    Path("key.yaml").write_text(KEY + more)
    code = run(["--lang", "en", "grade", "key.yaml", "class", "--format", "json", "-o", "out.json", *words])
    assert code == 0
    return {sheet["student"]: sheet for sheet in json.loads(Path("out.json").read_text("utf-8"))["answers"]}


LATE = {
    "": (2.0, "handed in late, at no cost: 4242"),
    "  late: {penalty: 10%}\n": (1.8, "handed in late, and marks are taken off: 4242"),
    "  late: {penalty: 0.5}\n": (1.5, "handed in late, and marks are taken off: 4242"),
    "  late: {penalty: 5}\n": (0.0, "handed in late, and marks are taken off: 4242"),
}


@pytest.mark.parametrize("more", LATE)
def test_late(more: str, capsys: pytest.CaptureFixture[str]) -> None:
    score, said = LATE[more]
    sheet = sheets(more=more)["4242"]
    assert (sheet["score"], sheet["late"]) == (score, True)
    assert f"note: {said}\n" in capsys.readouterr().err


def test_attempts() -> None:
    assert sheets()["mei"]["score"] == 1
    assert sheets(more="  attempts: last\n")["mei"]["score"] == 1
    best = sheets(more="  attempts: best\n")["mei"]
    assert (best["score"], best["file"]) == (2, "class/mei-1.csv")
    assert best["settled"] == ["the best of 3 attempts counts; the others have 1, 1"]


def test_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    Path("hand.csv").write_text(
        'student,cell,marks,reason\nMEI,CONV1.params,0.5,"on paper, too"\nzoe,conv1.params,1,\n'
    )
    by_key = sheets(more="  overrides: hand.csv\n")["mei"]
    assert sheets("--overrides", "hand.csv")["mei"] == by_key
    assert by_key["score"] == 1.5
    assert by_key["cells"][1]["by_hand"] == "on paper, too"  # type: ignore[index]
    assert "note: marks given by hand to nobody who handed in: zoe (hand.csv:3)\n" in capsys.readouterr().err
    assert (
        run(
            [
                "--lang",
                "en",
                "grade",
                "key.yaml",
                "class/mei.csv",
                "--overrides",
                "hand.csv",
                "--feedback",
                "pages",
            ]
        )
        == 0
    )
    line = "conv1 params: 0.5 of 1 by hand: on paper, too"
    assert line in capsys.readouterr().out and line in Path("pages/mei.md").read_text("utf-8")


def test_marks_by_hand_for_an_unread_hand_in_are_left_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    Path("class/scan.pdf").write_bytes(b"%PDF-1.4\n")
    Path("hand.csv").write_text("student,cell,marks\nscan,conv1.params,1\n")
    assert sheets("--overrides", "hand.csv")["scan"]["score"] == 0
    assert "could not be read, and left to a person: scan (hand.csv:2)" in capsys.readouterr().err


def test_a_name_with_blanks_is_hidden_where_a_sheet_repeats_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("class/Jonas_Weber.csv").write_text("layer,params\nconv1,156\nJonas Weber,\n")
    assert run(["--lang", "en", "grade", "key.yaml", "class", "--anonymous", "--salt", "a"]) == 0
    shown = capsys.readouterr()
    assert "Jonas" not in shown.out + shown.err and "Weber" not in shown.out + shown.err


WRONG = {
    "a,b\n1,2\n": "hand.csv is no list of marks given by hand | its first line is: student,cell,marks,reason",
    "student,cell,marks\nmei,conv2.params,1\n": "hand.csv:2: no cell conv2.params is asked | did you mean conv1.params?",
    "student,cell,marks\nmei,conv1.params,2\n": "hand.csv:2: conv1.params has 1 marks, and 2 are given | a cell's marks are in the key: grading: {marks: …}",
    "student,cell,marks\nmei,conv1.params,x\n": "hand.csv:2: x is no number of marks | write student, cell, marks, reason: s01,conv1.params,0.5,says so on paper",
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_by_hand_and_wrong(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("hand.csv").write_text(text)
    assert run(["--lang", "en", "grade", "key.yaml", "class", "--overrides", "hand.csv"]) == 2
    message, help = WRONG[text].split(" | ")
    assert f"error: {message}\n  = help: {help}\n" in capsys.readouterr().err


KEYS = {
    "  late: {penalty: lots, after: 1}\n": ("SC204", "SC206"),
    "  attempts: first\n": ("SC204",),
    "  overrides: [a]\n": ("SC204",),
}


@pytest.mark.parametrize("more", KEYS)
def test_keys_that_are_wrong(more: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("key.yaml").write_text(KEY + more)
    assert run(["--lang", "en", "grade", "key.yaml", "class"]) == 2
    said = capsys.readouterr().err
    assert all(f"error[{code}]" in said for code in KEYS[more]) and "key.yaml:7" in said


def test_what_a_corrected_key_changed(capsys: pytest.CaptureFixture[str]) -> None:
    sheets()
    Path("out.json").rename("old.json")
    sheets("--compare", "old.json", more="  accept: {conv1.params: [450]}\n")
    said = capsys.readouterr().err
    assert "note: mei: 1 → 2 (conv1.params 0 → 1)\nnote: The marks of 1 student changed.\n" in said
    assert run(["--lang", "en", "grade", "key.yaml", "class", "--compare", "old.json"]) == 0
    out = capsys.readouterr().out
    assert "mei      score              1    2\nmei      conv1.params       0    1\n" in out
    assert run(["--lang", "en", "grade", "key.yaml", "class", "--compare", "key.yaml"]) == 2
    assert "key.yaml holds no marks of an earlier run" in capsys.readouterr().err


def test_no_names(capsys: pytest.CaptureFixture[str]) -> None:
    Path("class/mei.csv").write_text(RIGHT + "mei@x.org,Mei,1\n")
    first = sheets("--anonymous", "--salt", "a", "--gradebook", "book.csv", "--feedback", "pages")
    assert list(first) == sorted(first) and all(name.startswith("anon-") for name in first)
    assert (
        list(sheets("--anonymous", "--salt", "a"))
        == list(first)
        != list(sheets("--anonymous", "--salt", "b"))
    )
    pages = [path.name + path.read_text("utf-8") for path in Path("pages").iterdir()]
    written = "".join([Path("out.json").read_text("utf-8"), Path("book.csv").read_text("utf-8"), *pages])
    said = "".join(capsys.readouterr())
    for name in ("mei", "lina", "4242", "x.org"):
        assert name not in written.lower() and name not in said.lower()
    Path("canvas.csv").write_text("Student,ID,HW1 (7)\nMei,mei,\n")
    assert (
        run(["--lang", "en", "grade", "key.yaml", "class", "--anonymous", "--gradebook", "canvas.csv"]) == 2
    )
    assert "canvas.csv has names, and --anonymous is for marks without" in capsys.readouterr().err
    assert run(["--lang", "en", "grade", "key.yaml", "class", "--salt", "a"]) == 2
