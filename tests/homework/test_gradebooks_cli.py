"""The gradebook on disk: filled in place, written anew, with a byte-order mark where Excel wants one."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import S01, S02, written


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class").mkdir()
    written("key.yaml", LENET.replace("seed-lenet6", "HW1"))
    written("class/s01.csv", f"layer,output_shape,params\n{S01}")
    written("class/=s02.csv", f"layer,output_shape,params\n{S02}")
    return tmp_path


def grade(*words: str) -> int:
    return run(["--lang", "en", "grade", "key.yaml", "class", "--format", "jsonl", *words])


def test_a_new_one_and_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grade("--gradebook", "book.csv") == 0
    book = (folder / "book.csv").read_bytes()
    assert book.startswith(b"student_id,score,") and b"\r" not in book
    lines = book.decode().splitlines()
    assert lines[1].startswith("'=s02,9,14,64.29,9,0,5,0,0,,1,0,") and lines[2].startswith(
        "s01,13,14,92.86,9,4,1,0,0,,0,1,"
    )
    (folder / "class/=s02.csv").unlink()
    capsys.readouterr()
    assert grade("--gradebook", "book.csv") == 0
    assert "no hand-in, and left as they were: =s02\n" in capsys.readouterr().err
    assert (folder / "book.csv").read_bytes() == book


def test_a_mark_for_excel(folder: Path) -> None:
    assert grade("--gradebook", "book.csv", "--bom") == 0
    assert (folder / "book.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent_id,")
    assert grade("--gradebook", "book.csv") == 0
    assert (folder / "book.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent_id,")


def test_a_file_of_canvas(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (
        b"\xef\xbb\xbfStudent,ID,SIS Login ID,HW1 (7)\r\nPoints Possible,,,14\r\n\xe9,1,s01,\r\nx,2,s02,3"
    )
    (folder / "canvas.csv").write_bytes(before)
    assert grade("--gradebook", "canvas.csv") == 0
    assert (folder / "canvas.csv").read_bytes() == before.replace(b"s01,\r", b"s01,13\r")
    said = capsys.readouterr().err
    assert "not in the gradebook: =s02" in said and "no hand-in: 2" in said


def test_a_file_of_excel_in_two_bytes(folder: Path) -> None:
    (folder / "marks.csv").write_bytes("student_id\tscore\r\ns01\t\r\n".encode("utf-16"))
    assert grade("--gradebook", "marks.csv") == 0
    assert (folder / "marks.csv").read_bytes().decode("utf-16") == "student_id\tscore\r\ns01\t13\r\n"
