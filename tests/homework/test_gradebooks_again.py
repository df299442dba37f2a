"""A gradebook that is filled a second time: nobody else's marks move, changes are said, two runs at once lose nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shapecalc.cli import _gradebook
from shapecalc.cli._lock import unchanged
from shapecalc.cli._main import run
from shapecalc.errors import UsageError
from shapecalc.homework.gradebooks import Change
from shapecalc.homework.gradebooks.own import refilled
from shapecalc.homework.gradebooks.sheet import MOST_CELLS, parse

KEY = """name: HW1
input: 32x32x3
layers:
  - conv: {name: conv1, filters: 6, kernel: 5}
grading: {columns: [output_shape, params]}
"""
RIGHT = "layer,output_shape,params\nconv1,28x28x6,456\n"
NO_BIAS = RIGHT.replace("456", "450")
CANVAS = (
    b"\xef\xbb\xbfStudent,ID,SIS Login ID,HW1 (7)\r\n    Points Possible,,,2\r\n"
    b'"M\xc3\xbcller, J\xc3\xb6rg",1,s01,1\r\n"Li, Na",2,s02,2\r\nSolo,3,s03,EX\r\nKim,4,s04,1\r\n'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("key.yaml").write_text(KEY)
    for name, text in {"s01": RIGHT, "s03": RIGHT, "s04": "\0\1"}.items():
        Path("class").mkdir(exist_ok=True)
        Path(f"class/{name}.csv").write_text(text)
    return tmp_path


def grade(*words: str) -> int:
    return run(["--lang", "en", "grade", "key.yaml", "class", "--format", "jsonl", *words])


def test_only_the_marks_of_who_handed_in(capsys: pytest.CaptureFixture[str]) -> None:
    Path("canvas.csv").write_bytes(CANVAS)
    assert grade("--gradebook", "canvas.csv", "--dry-run") == 0
    assert Path("canvas.csv").read_bytes() == CANVAS
    said = capsys.readouterr().err
    assert "note: marks that would be written: 1 1 → 2\n" in said and "is filled" not in said
    assert grade("--gradebook", "canvas.csv") == 0
    assert Path("canvas.csv").read_bytes() == CANVAS.replace(b"s01,1", b"s01,2")
    said = capsys.readouterr().err
    assert "note: marks that changed: 1 1 → 2\n" in said
    assert "note: 3 has EX in place of a mark, and keeps it\n" in said
    assert "could not be read; their marks stay as they were: s04\n" in said
    assert "note: no hand-in: 2\n" in said
    assert grade("--gradebook", "canvas.csv", "--dry-run") == 0
    assert "note: no mark would change\n" in capsys.readouterr().err


OWN = "student_id,score,max_score,old.params\r\na,1,2,1\r\nb,EX,2,0\r\nd,2,2,\r\n"
ANEW = "student_id,score,max_score,new.params\na,2,2,1\nb,2,2,1\nc,1,2,0\nd,0,2,\n"


def test_our_own_file() -> None:
    filled = refilled(OWN, ANEW, {"d"})
    assert filled.text == (
        "student_id,score,max_score,old.params,new.params\r\na,2,2,1,1\r\nb,EX,2,0,\r\nc,1,2,,0\r\nd,2,2,,\r\n"
    )
    assert filled.changes == (Change("a", "1", "2"), Change("c", "", "1"))
    assert filled.notes == ("b has EX in place of a mark, and keeps it",)


def test_our_own_file_keeps_every_byte() -> None:
    odd = 'student_id;score\r\n"x; y";1\r\nb;2\r\na;"3"\r\n'
    assert refilled(odd, "student_id,score\nb,2\n", set()).text == odd
    assert refilled(odd, "student_id,score\nz,2\n", set()).text == odd + "z;2\r\n"


def test_a_second_run_of_others(folder: Path) -> None:
    assert grade("--gradebook", "book.csv") == 0
    first = Path("book.csv").read_text()
    assert first.splitlines()[1:] == [
        "s01,2,2,100,2,0,0,0,0,,1,1",
        "s03,2,2,100,2,0,0,0,0,,1,1",
        "s04,,2,,,,,,,,,",
    ]
    for path in Path("class").iterdir():
        path.unlink()
    Path("class/s02.csv").write_text(NO_BIAS)
    assert grade("--gradebook", "book.csv") == 0
    lines = first.splitlines(keepends=True)
    assert Path("book.csv").read_text() == "".join([*lines[:2], "s02,1,2,50,1,0,1,0,0,,1,0\n", *lines[2:]])


def test_two_runs_at_once(folder: Path) -> None:
    classes = {"a": range(30), "b": range(30, 60)}
    for name, numbers in classes.items():
        (folder / name).mkdir()
        for n in numbers:
            (folder / name / f"t{n}.csv").write_text(RIGHT)
    table = "student_id,score\n" + "".join(f"t{n},\n" for n in range(60))
    for book in ("table.csv", "new.csv"):
        if book == "table.csv":
            Path(book).write_text(table)
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "shapecalc", "-q", "grade", "key.yaml", name, "--format", "jsonl", "--gradebook", book],
                stdout=subprocess.DEVNULL, env={**__import__("os").environ, "PYTHONPATH": ROOT},
            )
            for name in classes
        ]  # fmt: skip
        assert [run.wait(60) for run in runs] == [0, 0]
        lines = Path(book).read_text().splitlines()
        assert len(lines) == 61 and sum(line.split(",")[1] == "2" for line in lines[1:]) == 60
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


ROOT = str(Path(__file__).parents[2])


def test_a_file_that_changed_meanwhile(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("table.csv").write_text("student_id,score\ns01,\n")
    decoded = _gradebook.decoded

    def slow(data: bytes, named: str | None = None) -> tuple[str, str]:
        Path("table.csv").write_text("student_id,score\ns01,7\n")
        return decoded(data, named)

    monkeypatch.setattr(_gradebook, "decoded", slow)
    assert grade("--gradebook", "table.csv") == 2
    assert Path("table.csv").read_text() == "student_id,score\ns01,7\n"
    assert capsys.readouterr().err.startswith(
        "error: table.csv was changed by another program meanwhile, and nothing was written\n"
        "  = help: close it there, and run again\n"
    )
    with pytest.raises(UsageError):
        unchanged("table.csv", None)


def test_the_encoding_that_was_named(capsys: pytest.CaptureFixture[str]) -> None:
    text = "姓名;学号;成绩\r\n李梅;s01;\r\n王五;s09;1\r\n"
    Path("gbk.csv").write_bytes(text.encode("gb18030"))
    assert grade("--gradebook", "gbk.csv") == 2
    assert "has no column that names students" in capsys.readouterr().err
    assert grade("--gradebook", "gbk.csv", "--encoding", "gb18030") == 0
    assert Path("gbk.csv").read_bytes() == text.replace("s01;", "s01;2").encode("gb18030")


def test_bounds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="at most 1,000,000 cells"):
        parse("," * (MOST_CELLS + 1))
    with Path("big.csv").open("wb") as file:
        file.truncate(99 * 10**6)
    assert grade("--gradebook", "big.csv") == 2
    assert "error: big.csv has more than 32 MB\n" in capsys.readouterr().err
