"""`shapecalc grade` as it is typed: one sheet and a class, every format, and what is never to happen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import S01, S02, written

COLUMNS = "layer,output_shape,params"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key and two sheets in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    for name in ("LANGUAGE", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "SHAPECALC_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "class").mkdir()
    written("key.yaml", LENET)
    written("class/s01.csv", f"{COLUMNS}\n{S01}")
    written("class/s02.csv", f"{COLUMNS}\n{S02}")
    return tmp_path


def grade(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["--lang", "en", "grade", *words])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err and "shapecalc itself" not in shown.err
    return code, shown.out, shown.err


def answers(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    code, out, _err = grade(capsys, *words, "--format", "json")
    assert code == 0
    return json.loads(out)["answers"]  # type: ignore[no-any-return]


def test_one_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = grade(capsys, "key.yaml", "class/s01.csv")
    assert (code, err) == (0, "")
    assert (
        out
        == """\
seed-lenet6 – s01: 13 / 14

layer  output      params
──────────────────────────
CONV1  32x32x6 ✗   456 ✓
POOL1  16x16x6 →   0 ✓
CONV2  12x12x16 →  2416 ✓
POOL2  6x6x16 →    0 ✓
FC3    120 ✓       69240 →
FC4    84 ✓        10164 ✓
OUT    10 ✓        850 ✓

CONV1 output 32x32x6: likely slip: size kept where padding is valid; expected 28×28×6: ⌊(32 + 2·0 − 5) / 1⌋ + 1 = 28
POOL1 output, CONV2 output, POOL2 output, FC3 params: the right step on your CONV1, at no cost
Conventions: shapes are height × width × channels; biases as the spec has them; sizes rounded as each layer says; \
pools have no parameters.
Asked, as handed in: output_shape, params; `grading: {columns: […]}` in the key fixes it.
"""
    )


def test_the_same_verdict_alone_and_in_a_class(capsys: pytest.CaptureFixture[str]) -> None:
    (alone,) = answers(capsys, "key.yaml", "class/s01.csv")
    first, second = answers(capsys, "key.yaml", "class")
    assert {**first, "file": ""} == {**alone, "file": ""} and second["score"] == 9.0
    assert first["cells"][0] == {
        "layer": "CONV1", "quantity": "output_shape", "given": "32x32x6", "value": [32, 32, 6], "expected": [28, 28, 6],
        "state": "wrong", "credit": 0.0,
        "diagnoses": [{"id": "same_for_valid", "rank": 1, "message": "size kept where padding is valid"}], "caused_by": None,
        "feedback": "likely slip: size kept where padding is valid; expected 28×28×6: ⌊(32 + 2·0 − 5) / 1⌋ + 1 = 28",
    }  # fmt: skip
    assert list(first) == ["file", "student", "score", "max_score", "cells"]


def test_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    _code, out, _err = grade(capsys, "key.yaml", "class", "--format", "json")
    document = json.loads(out)
    assert list(document) == ["schema", "name", "conventions", "answers"]
    assert (document["schema"], document["name"], document["conventions"]["layout"]) == (
        "shapecalc/1",
        "seed-lenet6",
        "HWC",
    )
    assert grade(capsys, "key.yaml", "class", "--format", "json")[1] == out
    lines = grade(capsys, "key.yaml", "class", "--format", "jsonl")[1].splitlines()
    assert len(lines) == 28 and json.loads(lines[0])["student"] == "s01"
    table = grade(capsys, "key.yaml", "class", "--format", "csv")[1].splitlines()
    assert (
        table[1] == "class/s01.csv,s01,CONV1,output_shape,32x32x6,32x32x6,28x28x6,wrong,0.0,same_for_valid,"
    )


def test_a_class_in_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    written(
        "wide.csv",
        "student_id,CONV1.shape,CONV1.params,POOL1.shape\nmei,28x28x6,450,14x14x6\nli,32x32x6,450,16x16x6\n",
    )
    found = answers(capsys, "key.yaml", "wide.csv")
    assert [(s["student"], s["score"], s["file"]) for s in found] == [
        ("li", 1.0, "wide.csv"),
        ("mei", 2.0, "wide.csv"),
    ]
    assert "no_bias 2 2 CONV1" in " ".join(grade(capsys, "key.yaml", "wide.csv")[1].split())


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ((), 9.0),
        (("--repeat-errors", "once"), 13.0),
        (("--no-ft",), 9.0),
        (("--tolerance", "1%"), 12.0),
        (("--tolerance", "6"), 10.0),
    ],
)
def test_options_of_marking(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], score: float) -> None:
    # within 1 %: 2400 of 2416, 48000 of 48120, 10080 of 10164; within 6: 450 of 456
    assert answers(capsys, "key.yaml", "class/s02.csv", *words)[0]["score"] == score


def test_strict(capsys: pytest.CaptureFixture[str]) -> None:
    assert grade(capsys, "key.yaml", "class")[0] == 0
    assert grade(capsys, "key.yaml", "class", "--strict")[0] == 1
    written("right.csv", f"{COLUMNS}\n{S02}".replace(",450\n", ",456\n").replace("2400", "2416").replace("48000", "48120")
            .replace("10080", "10164").replace("840", "850"))  # fmt: skip
    assert grade(capsys, "key.yaml", "right.csv", "--strict")[0] == 0


def test_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    written("blank.csv", f"{COLUMNS}\nCONV1,28x28x6,\nCONV2,10x10x,\n")
    for format in ("plain", "json", "markdown", "csv", "gradescope"):
        _code, out, _err = grade(capsys, "key.yaml", "blank.csv", "--reveal", "never", "--format", format)
        assert "456" not in out and "14×14" not in out and "48,120" not in out and "48120" not in out
    assert "456" not in grade(capsys, "key.yaml", "blank.csv")[1]
    assert "456" in grade(capsys, "key.yaml", "blank.csv", "--reveal", "all")[1]
    assert "5·5·3·6 + 6 = 456" in grade(capsys, "key.yaml", "class/s01.csv", "--reveal", "all")[1]
    hints = grade(capsys, "key.yaml", "class/s02.csv", "--hints")[1]
    assert "456" not in hints and "hint: " in hints


def test_words_for_signs(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["--lang", "en", "--ascii", "grade", "key.yaml", "class/s01.csv"])
    out = capsys.readouterr().out
    assert code == 0 and "32x32x6 x" in out and "16x16x6 ->" in out and "456 ok" in out
    assert not set(out.encode("utf-8")) & set("✓✗→×⌊".encode())


def test_select_changes_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        answers(capsys, "key.yaml", "class/s01.csv", "--input", "36x36x3")[0]["cells"][0]["state"]
        == "correct"
    )
    sheet = answers(capsys, "key.yaml", "class/s01.csv", "--layout", "CHW")[0]
    assert sheet["cells"][0]["expected"] == [6, 28, 28]


def test_broken_hand_ins_are_listed(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "class" / "s03.csv").write_bytes(b"\xff\xfe\x00\x01\x02")
    (folder / "class" / "s04.csv").write_text("", "utf-8")
    (folder / "class" / "s05.csv").write_text(
        f'{COLUMNS}\nCONV1,=HYPERLINK("x"),[bold]\nCONV1,28x28x6,27,000,100\n', "utf-8"
    )
    code, out, err = grade(capsys, "key.yaml", "class", "--format", "json")
    found = {Path(sheet["file"]).stem: sheet for sheet in json.loads(out)["answers"]}
    assert code == 0 and list(found) == ["s01", "s02", "s03", "s04", "s05"]
    assert [found[name]["score"] for name in ("s01", "s02", "s03", "s04")] == [13.0, 9.0, 0.0, 0.0]
    assert found["s03"]["problems"] and found["s04"]["problems"]
    assert "s03.csv" in err and "s04.csv" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("key.yaml",), "there are no answers to mark"), (("key.yaml", "nowhere"), "nowhere is not there"),
        (("nokey.yaml", "class"), "nokey.yaml"), (("key.yaml", "class", "--tolerance", "much"), "much is no tolerance"),
        (("key.yaml", "class", "--encoding", "klingon"), "klingon"), (("key.yaml", "class", "--set", "n"), "NAME=VALUE"),
        (("key.yaml", "class", "--gradebook", "key.yaml"), "no column that names students"),
        (("key.yaml", "class", "--feedback", "key.yaml"), "key.yaml cannot be made"),
    ],
)  # fmt: skip
def test_bad_usage(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str) -> None:
    code, _out, err = grade(capsys, *words)
    assert code == 2 and message in err


def test_mistakes_of_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    written("bad.yaml", LENET.rstrip() + "\n    grading: {rows: {CONV9: [C9]}, marks: {conv11: 2}}\n")
    code, _out, err = grade(capsys, "bad.yaml", "class")
    assert code == 2 and "the network has no row CONV9" in err and "the network has no row conv11" in err
    assert run(["check", "bad.yaml"]) == 1
    assert "the network has no row CONV9" in capsys.readouterr().out
    written(
        "bad.yaml",
        LENET.rstrip() + "\n    grading: {credit: {no_bais: 0.5, no_bias+no_kernel: 0.2, layout: 1}}\n",
    )
    code, _out, err = grade(capsys, "bad.yaml", "class")
    assert (
        code == 2
        and "there is no slip no_bais" in err
        and "did you mean no_bias?" in err
        and err.count("error[") == 1
    )


def test_pages_for_students(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    written("class/s06.csv", f"student_id,{COLUMNS}\n../a:b,CONV1,<b>*28*</b>,456\nCON,CONV1,28x28x6,456\n")
    code, _out, err = grade(
        capsys, "key.yaml", "class", "--feedback", "pages/today", "--feedback-format", "markdown"
    )
    assert code == 0 and "4 pages written to pages/today" in err
    assert sorted(path.name for path in (folder / "pages/today").iterdir()) == [
        "a_b.md",
        "s01.md",
        "s02.md",
        "student_CON.md",
    ]
    page = (folder / "pages/today/s01.md").read_text("utf-8")
    assert page.startswith("# seed-lenet6 – s01: 13 / 14\n\n| layer | output     | params  |\n")
    assert "| CONV1 | 32x32x6 ✗  | 456 ✓   |" in page
    assert "- CONV1 output 32x32x6: likely slip: size kept where padding is valid; expected 28×28×6" in page
    assert "<b>" not in (folder / "pages/today/a_b.md").read_text("utf-8")


def test_a_rounded_answer_where_it_is_refused_is_told_why(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path("key.yaml").read_text("utf-8")
    written("class/s07.csv", f"{COLUMNS}\nFC3,120,48k\n")
    for tolerance, remark in (
        ("exact", "right as far as it goes, and the exact number is asked for"),
        ("{min_digits: 3}", "too few digits to tell: write 3 at least"),
    ):
        Path("key.yaml").write_text(f"{text}grading:\n  tolerance: {{params: {tolerance}}}\n", "utf-8")
        assert f"FC3 params 48k: {remark}; expected 48,120" in grade(capsys, "key.yaml", "class/s07.csv")[1]


def test_an_endless_answer_is_quoted_in_short(capsys: pytest.CaptureFixture[str]) -> None:
    written("class/s07.csv", f"{COLUMNS}\nCONV1,28x28x6,{'(' * 5000}\n")
    _code, out, _err = grade(capsys, "key.yaml", "class/s07.csv")
    assert f"“{'(' * 59}…”" in out
    assert max(map(len, out.splitlines())) < 400


def test_a_page_ends_with_worked_solutions(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    grade(capsys, "key.yaml", "class", "--feedback", "pages")
    page = (folder / "pages/s02.md").read_text("utf-8")
    solution = page.partition("## Worked solutions\n\n### CONV1   conv   32×32×3 → 28×28×6\n\n")[2]
    assert solution.startswith("- weights: F_H·F_W·C_in·C_out = 5·5·3·6 = **450**")
    assert "- biases: C_out = **6**  \n  One number a filter, added at every position: 6" in solution
    assert "- params: weights + biases = 450 + 6 = **456**\n\n### CONV2" in solution
    assert "output height" not in solution  # its shapes are right
    for told in (("--reveal", "never"), ("--hints",)):
        grade(capsys, "key.yaml", "class", "--feedback", "pages", *told)
        assert "Worked solutions" not in (folder / "pages/s02.md").read_text("utf-8")


def test_a_class_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(3, 12):
        written(f"class/s{n:02}.csv", f"{COLUMNS}\n{S02}")
    out = " ".join(grade(capsys, "key.yaml", "class")[1].split())
    assert "s01: 13 / 14" not in out  # eleven sheets are not printed one by one
    assert "s11 9 14 64.3% 9 0 5 0 0" in out
    assert "FC3 params 48,120 0 1 10 0 0 48,000 (10× no_bias)" in out
    assert "check the key: 10 of 11 write 48,000 for FC3 params, and the key says 48,120" in out
    assert "no_bias 10 50 CONV1 weights only, biases forgotten" in out


def test_the_key_alone_says_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    before = answers(capsys, "key.yaml", "class")
    written("class/s03.csv", f"{COLUMNS},macs\n{S02}total,,59370,5\n")
    found = answers(capsys, "key.yaml", "class")
    assert [sheet["max_score"] for sheet in found] == [14.0] * 3
    assert found[:2] == before
    error = grade(capsys, "key.yaml", "class")[2]
    assert (
        "note: not asked, and not marked: " in error
        and "total (s03.csv)" in error
        and "macs (s03.csv)" in error
    )


def test_a_column_that_nobody_filled_in_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    written("shapes.csv", "layer,output_shape,Zorkmids\nCONV1,28x28x6,3\n")
    error = grade(capsys, "key.yaml", "shapes.csv")[2]
    assert "note: shapes.csv: the column Zorkmids was left out" in error
    assert "note: nobody filled in params; `grading: {columns: […]}` in the key says what is asked" in error


def test_a_key_of_which_nothing_was_read_is_not_right(capsys: pytest.CaptureFixture[str]) -> None:
    written("nothing.txt", "Dear all, the key follows next week.\n")
    code, _out, error = grade(capsys, "key.yaml", "nothing.txt", "--check-key")
    assert (
        code == 2
        and "error: no published value could be read" in error
        and "no answers were found in it" in error
    )


def test_rows_without_marks_are_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    written(
        "less.yaml", LENET.rstrip() + "\n    grading: {marks: {POOL1: 0, params: 0}, rows: {FC4: false}}\n"
    )
    out = grade(capsys, "less.yaml", "class/s01.csv")[1]
    assert "5 / 5" not in out and "s01: 4 / 5" in out and "POOL1" not in out
    assert "not asked, and not marked: FC4" in out
    written("two.yaml", LENET.rstrip() + "\n    grading: {rows: [CONV2, FC4]}\n")
    assert "s01: 4 / 4" in grade(capsys, "two.yaml", "class/s01.csv")[1]
    written("two.csv", "layer,shape\nconv,10x10x16\nfc,84\n")
    assert "two: 2 / 4" in grade(capsys, "two.yaml", "two.csv")[1]


def test_a_published_key(capsys: pytest.CaptureFixture[str]) -> None:
    # deeplearning.ai, "CNN example": the slide printed 208, 416, 48,001, 10,081 and 841, and was corrected later
    written("eight.yaml", LENET.replace("filters: 6", "filters: 8"))
    written("slide.md", """
        | layer | activation shape | activation size | # parameters |
        |---|---|---|---|
        | Input | (32,32,3) | 3,072 | 0 |
        | CONV1 (f=5, s=1) | (28,28,8) | 6,272 | 208 |
        | POOL1 | (14,14,8) | 1,568 | 0 |
        | CONV2 (f=5, s=1) | (10,10,16) | 1,600 | 416 |
        | POOL2 | (5,5,16) | 400 | 0 |
        | FC3 | (120,1) | 120 | 48,001 |
        | FC4 | (84,1) | 84 | 10,081 |
        | Softmax | (10,1) | 10 | 841 |
    """)  # fmt: skip
    code, out, _err = grade(capsys, "eight.yaml", "slide.md", "--check-key", "--format", "json")
    found = json.loads(out)
    assert code == 1 and found["checked"] == 21
    assert [(e["layer"], e["published"], e["computed"]) for e in found["errors"]] == [
        ("CONV1", 208, 608), ("CONV2", 416, 3216), ("FC3", 48001, 48120), ("FC4", 10081, 10164), ("OUT", 841, 850),
    ]  # fmt: skip
    assert (
        "5 of 21 published values are not what is computed."
        in grade(capsys, "eight.yaml", "slide.md", "--check-key")[1]
    )


def test_a_key_that_contradicts_itself(capsys: pytest.CaptureFixture[str]) -> None:
    graded = (
        LENET.rstrip() + "\n    expect: {params: 62006}\n    grading: {accept: {total.params: [60k, 62k]}}\n"
    )
    written("own.yaml", graded)
    code, _out, err = grade(capsys, "own.yaml", "--check-key")
    assert (
        code == 0
        and "total params: 60k is accepted, and 62,006 is computed" in err
        and "62k is accepted" not in err
    )
    written("own.yaml", graded.replace("62006", "61706"))
    code, _out, err = grade(capsys, "own.yaml", "--check-key")
    assert code == 1 and "params = 62,006, and 61,706 was expected" in err


def test_from_python() -> None:
    import shapecalc

    grades = shapecalc.grade(
        "key.yaml", {"CONV1": {"output_shape": (28, 28, 6), "params": 456}, "FC3": {"params": 48000}}
    )
    (sheet,) = grades.sheets
    assert [c.state for c in sheet.cells if c.layer == "CONV1"] == ["correct", "correct"] and sheet.score == 2
    assert [sheet.score for sheet in shapecalc.grade("key.yaml", ["class"]).sheets] == [13, 9]
