"""Wrong answers that nobody tuned on get their names too, and what a slip cannot give does not get its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shapecalc.cli._main import run
from shapecalc.homework.question import Question
from shapecalc.homework.slips import diagnose
from shapecalc.homework.slips._plausibility import expected, plausibility
from shapecalc.homework.slips._slip import slips

from .unseen import ALEX, FIRST, LENET, SECOND, TINY, S, of


def named(asked: Question, given: Any, slip: str) -> bool:
    return set(slip.split("+")) in [set(d.id.split("+")) for d in diagnose(asked, given)]


@pytest.mark.parametrize(("asked", "given", "slip"), FIRST)
def test_the_slip_is_among_the_first_three(asked: Question, given: Any, slip: str) -> None:
    assert named(asked, given, slip), diagnose(asked, given)


def test_so_are_nine_of_ten_that_were_not_tuned_on() -> None:
    assert sum(named(*case) for case in SECOND) >= 0.9 * len(SECOND)


@pytest.mark.parametrize("case", [*FIRST, *SECOND])
def test_every_value_is_wrong(case: tuple[Question, Any, str]) -> None:
    asked, given, _slip = case
    assert not asked.accepts(given)


@pytest.mark.parametrize(
    ("asked", "given", "slip"),
    [
        (of(ALEX, 0, S), (56, 56, 96), "same_for_valid"),  # a kept size would be ⌈227 / 4⌉ = 57
        (of(TINY, 0, S), (1, 1, 7), "no_plus_one"),
        (of(LENET, 0, S), (19, 19, 6), "no_plus_one"),
    ],
)
def test_what_cannot_be_it_is_not_named(asked: Question, given: Any, slip: str) -> None:
    assert slip not in [d.id for d in diagnose(asked, given)]


@pytest.mark.parametrize("given", [(1,), (1, 1, 1), 1])
def test_a_map_of_one_position_is_a_map(given: Any) -> None:
    assert diagnose(of(TINY, 0, S), given)[0].id == "no_plus_one"


@pytest.mark.parametrize(
    ("weight", "room", "may"),
    [
        (6, 1, True),
        (1, 9, False),
        (1, 10, True),
        (2, 3, True),
        (2, 2.9, False),
        (0.1, 99, False),
        (0.1, 100, True),
    ],
)
def test_the_bar(weight: float, room: float, may: bool) -> None:
    assert (plausibility(weight, room) >= 1) is may


def test_two_slips_are_as_rare_as_both() -> None:
    one = slips()["no_plus_one"]
    assert (one.weight, expected(one), expected(one, one), expected(one, back=1)) == (6, 6, 0.9, 3)
    assert (expected(one, back=9), expected(one, one_axis=True)) == (1.5, 3)


NET = """
input: 64x64x3
layers:
  - conv: {filters: 16, kernel: 5, padding: 2, name: c1}
  - conv: {filters: 16, kernel: 2, stride: 2, name: d}
  - conv: {filters: 16, kernel: 5, padding: 2, name: c2}
  - conv: {filters: 16, kernel: 3, padding: 1, name: c3}
  - add: {from: [d, c3], name: join}
  - conv: {filters: 16, kernel: 3, padding: 1, name: c4}
grading: {columns: [receptive_field]}
"""


@pytest.mark.parametrize(
    ("sheet", "row", "slip"),
    [
        ("c1,5\nd,6\nc2,10\nc3,18\nc4,22", "c2", "jump of earlier strides ignored"),  # 5 + 1 + 4
        ("c1,5\nd,6\nc2,14\nc3,18\nc4,14", "c4", "jump of earlier strides ignored"),  # 5 + 1 + 4 + 2 + 2
    ],
)
def test_a_receptive_field_through_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sheet: str, row: str, slip: str
) -> None:
    (tmp_path / "key.yaml").write_text(NET)
    (tmp_path / "mei.csv").write_text(f"layer,receptive field\n{sheet}\n")
    run(["--lang", "en", "grade", str(tmp_path / "key.yaml"), str(tmp_path / "mei.csv"), "--no-ft"])
    told = next(
        line for line in capsys.readouterr().out.splitlines() if line.startswith(f"{row} receptive field")
    )
    assert slip in told


def test_without_follow_through_a_right_step_is_no_slip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """227 → 28 is wrong; POOL1 is ⌊(28 − 3) / 2⌋ + 1 = 13."""
    (tmp_path / "key.yaml").write_text(
        "input: 227x227x3\nlayers:\n"
        "  - conv: {filters: 96, kernel: 11, stride: 4, name: CONV1}\n"
        "  - maxpool: {kernel: 3, stride: 2, name: POOL1}\n"
        "grading: {columns: [output_shape]}\n"
    )
    (tmp_path / "mei.csv").write_text("layer,shape\nCONV1,28x28x96\nPOOL1,13x13x96\n")
    run(["--lang", "en", "grade", str(tmp_path / "key.yaml"), str(tmp_path / "mei.csv"), "--no-ft"])
    assert "POOL1 output 13x13x96: goes wrong because of CONV1" in capsys.readouterr().out
