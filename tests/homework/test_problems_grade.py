"""`grade` with a file of problems as the key: a student, a class, the published key, and mistakes in the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from shapecalc.cli._main import run

DATA = Path(__file__).parents[1] / "data" / "homework"
FILE = """
problems:
- id: q1
  input: 63x63x16
  layers: [conv: {filters: 32, kernel: 7, stride: 2}]
  ask: {output_shape: output, params: params}
- {id: q2, window: {n: 8, f: 3, s: 4, p: unknown, out: 2}, ask: p}
- {id: q3, window: {n: 5, f: 3, s: 3, p: 1}, ask: (n + 2*p - f) % s == 0}
"""


@pytest.fixture(name="folder")
def hand_ins(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(FILE, encoding="utf-8")
    sheets = tmp_path / "in"
    sheets.mkdir()
    (sheets / "li.txt").write_text(
        "q1 output_shape: 29 × 29 × 32\nq1 params = 25,120\nq2: 1\nq3: no\n", encoding="utf-8"
    )
    (sheets / "mei.csv").write_text(
        "id,cell,answer\nq1,output_shape,30x30x32\nq1,params,25088\nq3,,no\nq9,,1\n", encoding="utf-8"
    )
    return tmp_path


Grade = Callable[..., tuple[int, str, str]]


@pytest.fixture(name="grade")
def command(capsys: pytest.CaptureFixture[str]) -> Grade:
    def grade(*words: object) -> tuple[int, str, str]:
        code = run(["--lang", "en", "grade", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return grade


def test_a_sheet_with_its_slips(folder: Path, grade: Grade) -> None:
    _code, out, _err = grade(folder / "p.yaml", folder / "in" / "mei.csv", "--format", "json")
    (sheet,) = json.loads(out)["answers"]
    cells = [(c["layer"], c["state"], [d["id"] for d in c["diagnoses"]][:1]) for c in sheet["cells"]]
    assert cells[1:] == [("q1 params", "wrong", ["no_bias"]), ("q2", "blank", []), ("q3", "correct", [])]
    assert (sheet["score"], sheet["max_score"]) == (1.0, 4.0)


def test_a_class(folder: Path, grade: Grade) -> None:
    code, out, _err = grade(folder / "p.yaml", folder / "in", "--gradebook", folder / "book.csv", "--strict")
    assert code == 1
    assert "q1 params answer 25088: likely slip: weights only, biases forgotten (7·7·16·32)" in out
    assert "no answer: q2 answer\n" in out
    book = (folder / "book.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:3] for line in book[1:]] == [["li", "4", "4"], ["mei", "1", "4"]]


@pytest.mark.parametrize(
    ("sheet", "options", "score"),
    [
        ("q1 params: 25088\nq4 = 2400", (), 0),
        ("q1 params: 25088\nq4 = 2400", ("--repeat-errors", "once"), 1),
        ("q1 params: 25100\nq2 = 2\nq4 = 2420", ("--tolerance", "1%"), 2),  # a padding of 2 is not near to 1
        ("q1 params: 25100\nq4 = 2420", ("--tolerance", "5"), 1),
    ],
)
def test_options_of_marking(
    folder: Path, grade: Grade, sheet: str, options: tuple[str, ...], score: int
) -> None:
    more = "- {id: q4, input: 14x14x6, layers: [conv: {filters: 16, kernel: 5}], ask: params}\n"
    (folder / "p.yaml").write_text(FILE + more, encoding="utf-8")
    (folder / "a.txt").write_text(sheet, encoding="utf-8")
    _code, out, _err = grade(folder / "p.yaml", folder / "a.txt", "--format", "json", *options)
    assert json.loads(out)["answers"][0]["score"] == score


def test_a_shape_without_its_depth_and_an_encoding_that_is_none(folder: Path, grade: Grade) -> None:
    (folder / "a.txt").write_text("q1 output_shape: 29x29", encoding="utf-8")
    out = grade(folder / "p.yaml", folder / "a.txt")[1]
    assert "q1 output_shape answer 29x29: height and width are right, and the depth is missing" in out
    code, _out, err = grade(folder / "p.yaml", folder / "a.txt", "--encoding", "nope")
    assert code == 2 and "the encoding nope is not known" in err


def test_totals_have_slips(folder: Path, grade: Grade) -> None:
    net = "problems:\n- {id: q1, input: 32x32x3, layers: [conv: {filters: 6, kernel: 5}, fc: 10], ask: {total: params}}\n"
    (folder / "p.yaml").write_text(net, encoding="utf-8")
    (folder / "a.txt").write_text("q1 = 47490", encoding="utf-8")  # 5·5·3·6 + 28·28·6·10
    assert "weights only, biases forgotten (450 + 47040)" in grade(folder / "p.yaml", folder / "a.txt")[1]


def test_the_published_key_is_checked(grade: Grade) -> None:
    code, out, _err = grade(DATA / "problems.public.yaml", "--check-key")
    assert code == 1
    assert "hist-fc3 CONV-9-32:weights answer" in out
    assert "4 of 325 published values are not what is computed." in out


def test_mistakes_in_the_file(grade: Grade) -> None:
    code, _out, err = grade(DATA / "problems.bad.yaml", DATA / "problems.bad.yaml")
    assert code == 2
    assert "did you mean filters?" in err
