"""Marks go into nbgrader's own database by its own API; without nbgrader there is a sentence, and nothing is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import S01, S02, written

COLUMNS = "layer,output_shape,params"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}")
    written("key.yaml", dedent(LENET) + "grading:\n  columns: [output_shape, params]\n")
    (tmp_path / "in").mkdir()
    written("in/mei.csv", f"{COLUMNS}\n{S01}")
    written("in/tom.csv", f"{COLUMNS}\n{S02}")
    return tmp_path


def grade(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["--lang", "en", "grade", "key.yaml", *words, "-o", "out.txt"])
    return code, capsys.readouterr().err


@pytest.fixture
def api() -> Any:
    return pytest.importorskip("nbgrader.api", reason="nbgrader is not installed: it fills its own database")


def opened(api: Any, path: str = "gradebook.db") -> Any:
    return api.Gradebook(f"sqlite:///{os.path.abspath(path)}")


@pytest.mark.filterwarnings("ignore")
def test_a_new_gradebook(api: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert grade(capsys, "in", "--gradebook", "gradebook.db", "--column", "hw1") == (
        0,
        "note: gradebook.db is filled\n",
    )
    with opened(api) as book:
        marks = {
            s.student.id: (s.score, s.max_score, s.needs_manual_grade)
            for s in book.assignment_submissions("hw1")
        }
        assert marks == {"mei": (13.0, 14.0, False), "tom": (9.0, 14.0, False)}
        said = book.find_comment("shapecalc", "hw1", "hw1", "mei").comment
        assert said.startswith("shapecalc: 13 / 14\n\n- CONV1 output 32x32x6: likely slip: size kept")


@pytest.mark.filterwarnings("ignore")
def test_the_cell_of_our_own_worksheet(api: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A gradebook as `nbgrader generate_assignment` leaves it: a roster, and the worksheet's cell among others."""
    with opened(api) as book:
        book.add_assignment("hw1")
        book.add_notebook("lenet", "hw1")
        for cell in ("sheet0-marks", "essay"):
            book.add_grade_cell(cell, "lenet", "hw1", max_score=28, cell_type="markdown")
            book.add_solution_cell(cell, "lenet", "hw1")
        for student in ("mei", "zoe"):
            book.add_student(student)
        book.add_submission("hw1", "mei")
        book.find_grade("essay", "lenet", "hw1", "mei").manual_score = 5
        book.find_comment("sheet0-marks", "lenet", "hw1", "mei").manual_comment = "See me."
        book.db.commit()
    code, err = grade(capsys, "in", "--gradebook", "gradebook.db")
    assert (
        code == 0
        and "not in the gradebook: tom" in err
        and "scaled from 14 marks to the gradebook's 28" in err
    )
    with opened(api) as book:
        assert book.find_grade("sheet0-marks", "lenet", "hw1", "mei").score == 26
        assert book.find_submission("hw1", "mei").score == 31  # with the 5 of the essay
        assert book.find_comment("sheet0-marks", "lenet", "hw1", "mei").comment == "See me."
    written("in/mei.csv", f"{COLUMNS}\n{S02}")
    assert "marks that changed: mei 26 → 18" in grade(capsys, "in/mei.csv", "--gradebook", "gradebook.db")[1]
    written("in/mei.csv", "\n")
    err = grade(capsys, "in/mei.csv", "--gradebook", "gradebook.db")[1]
    assert "could not be read, and left as they were: mei" in err
    with opened(api) as book:
        assert book.find_grade("sheet0-marks", "lenet", "hw1", "mei").score == 18


REFUSED = [
    (["--column", "hw9"], "gradebook.db has no assignment hw9", "give --column NAME; there are hw1, hw2"),
    ([], "gradebook.db has several assignments", "give --column NAME; there are hw1, hw2"),
    (
        ["--column", "hw1"],
        "hw1 has 2 cells for marks, and none of them is meant for all",
        "--column hw1/CELL: q1, q2",
    ),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("words", "error", "help"), REFUSED)
def test_no_guessing(
    api: Any, capsys: pytest.CaptureFixture[str], words: list[str], error: str, help: str
) -> None:
    with opened(api) as book:
        for name in ("hw1", "hw2"):
            book.add_assignment(name)
        book.add_notebook("a", "hw1")
        for cell in ("q1", "q2"):
            book.add_grade_cell(cell, "a", "hw1", max_score=7, cell_type="code")
    code, err = grade(capsys, "in", "--gradebook", "gradebook.db", *words)
    assert code == 2 and error in err and help in err


def test_a_file_that_is_no_database(api: Any, capsys: pytest.CaptureFixture[str]) -> None:
    written("gradebook.db", "student_id,score\n")
    code, err = grade(capsys, "in", "--gradebook", "gradebook.db", "--column", "hw1")
    assert code == 2 and "gradebook.db is no database" in err


def test_without_nbgrader(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    monkeypatch.setitem(sys.modules, "nbgrader.api", None)
    code, err = grade(capsys, "in", "--gradebook", "gradebook.db", "--column", "hw1")
    assert code == 2 and not Path("gradebook.db").exists()
    assert (
        "gradebook.db is filled by nbgrader itself, which is not installed here" in err
        and "pip install nbgrader" in err
    )
