"""Questions with several right answers: all of them, some of them, one, a wrong one among them."""

import pytest

from shapecalc.cli._main import run
from shapecalc.homework.cells import read_cell
from shapecalc.homework.compare import judge_several
from shapecalc.homework.conventions import Conventions

ALL, SOME, WRONG = "all", "some", "wrong"
# n = 8, kernel 3, stride 4: paddings 0 and 1 give two windows, ⌊(8 + 2P − 3) / 4⌋ + 1 = 2.
CASES = [
    ("0 and 1", ALL), ("{0, 1}", ALL), ("0 or 1", ALL), ("0, 1", ALL), ("1, 0", ALL), ("0 ≤ P ≤ 1", ALL), ("0 <= p <= 1", ALL),
    ("0..1", ALL), ("0-1", ALL), ("P ∈ {0,1}", ALL), ("0 和 1", ALL), ("0 或 1", ALL), ("0到1", ALL), ("P=0, P=1", ALL),
    ("both 0 and 1", ALL), ("(0, 1)", ALL), ("0", SOME), ("1", SOME), ("p = 1", SOME), ("0 or 0", SOME), ("1, 1", SOME),
    ("0 or 2", WRONG), ("0, 1, 2", WRONG), ("0 ≤ P ≤ 2", WRONG), ("2", WRONG), ("2 or 3", WRONG), ("0 < P < 3", WRONG),
    ("0.5", WRONG), ("?", WRONG), ("lots", WRONG),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), CASES, ids=[text for text, _meant in CASES])
def test_two_paddings(text, meant):
    verdict = judge_several(read_cell(text, "padding"), (0, 1), "padding", Conventions())
    if meant == WRONG:
        assert verdict is None
    else:
        assert verdict.state == "correct"
        assert verdict.credit == ("one_of_several" if meant == SOME else "")


def test_part_of_three():
    verdict = judge_several(read_cell("3 or 4", "size"), (3, 4, 5), "padding", Conventions())
    assert (verdict.credit, verdict.remark) == ("one_of_several", "right, and there are more right answers")


def test_one_right_answer():
    """Where one is right, a set is none, and two numbers are one an axis."""
    assert judge_several(read_cell("0 or 1", "padding"), (0,), "padding", Conventions()) is None
    assert judge_several(read_cell("0, 1", "padding"), ((0, 1),), "padding", Conventions()).credit == ""


KEY = """
input: 32x32x3
layers:
  - conv: {filters: 6, kernel: 5, name: conv1, padding: 0}
grading:
  columns: [padding]
  accept: {conv1.padding: [0, 1]}
"""


@pytest.mark.parametrize(
    ("text", "credit", "marks"),
    [("0 or 1", "", "1 / 1"), ("1", "", "1 / 1"), ("1", "credit: {one_of_several: 50%}", "0.5 / 1"),
     ("0 and 1", "credit: {one_of_several: 50%}", "1 / 1"), ("0 or 2", "", "0 / 1")],
)  # fmt: skip
def test_through_the_front_door(capsys, tmp_path, text, credit, marks):
    (tmp_path / "key.yaml").write_text(KEY + f"  {credit}\n")
    (tmp_path / "ada.csv").write_text(f'layer,padding\nconv1,"{text}"\n')
    assert run(["--lang", "en", "grade", str(tmp_path / "key.yaml"), str(tmp_path / "ada.csv")]) == 0
    assert f"ada: {marks}\n" in capsys.readouterr().out
