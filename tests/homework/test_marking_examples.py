"""The worked examples of homework that real students handed in: a mistake is charged once, and what follows keeps its marks.

Networks and answers: deeplearning.ai's LeNet-like table, the AlexNet of the same course, and a quiz of Udacity.
"""

from __future__ import annotations

import pytest

from .marks import ALEXNET, LENET, bias_slip, cell, key, mark, states

S01 = """
    CONV1, 32x32x6, 456
    POOL1, 16x16x6, 0
    CONV2, 12x12x16, 2416
    POOL2, 6x6x16, 0
    FC3, 120, 69240
    FC4, 84, 10164
    OUT, 10, 850
"""
S02 = """
    CONV1, 28x28x6, 450
    POOL1, 14x14x6, 0
    CONV2, 10x10x16, 2400
    POOL2, 5x5x16, 0
    FC3, 120, 48000
    FC4, 84, 10080
    OUT, 10, 840
"""
S03 = """
    CONV1, 28x28x6, 450+6
    POOL1, 14x14x6, 0
    CONV2, 10x10x16, 2416
    POOL2, 5x5x16, 0
    FC3, 120, 4.8万
    FC4, 84, 10164
    OUT, 10, 850
"""


def test_one_error_in_one_place() -> None:
    sheet = mark(key(LENET), S01)
    assert states(sheet) == {
        "CONV1": "wrong", "POOL1": "follow_through CONV1", "CONV2": "follow_through CONV1", "POOL2": "follow_through CONV1",
        "FC3": "correct", "FC4": "correct", "OUT": "correct",
    }  # fmt: skip
    assert states(sheet, "params") == {
        "CONV1": "correct", "POOL1": "correct", "CONV2": "correct", "POOL2": "correct",
        "FC3": "follow_through CONV1", "FC4": "correct", "OUT": "correct",
    }  # fmt: skip
    assert (sheet.score, sheet.max_score) == (13, 14)
    assert mark(key(LENET), S01, follow=False).score == 9


@pytest.mark.parametrize(
    ("grading", "once", "score"),
    [
        ("", False, 9),
        ("", True, 13),
        ("  credit: {no_bias: 0.5}\n", False, 11.5),
        ("  credit: {no_bias: 50%}\n", True, 13.5),
    ],
)
def test_five_times_the_same_slip(grading: str, once: bool, score: float) -> None:
    sheet = mark(key(LENET, grading), S02, diagnose=bias_slip, once=once)
    assert sheet.score == score
    found = [c for c in sheet.cells if c.diagnoses]
    assert [c.layer for c in found] == ["CONV1", "CONV2", "FC3", "FC4", "OUT"]
    assert {c.state for c in found} == {"special_case" if grading else "wrong"}
    assert [c.repeated for c in found] == [False, *[once] * 4]


def test_rounded_and_worked_out() -> None:
    sheet = mark(key(LENET), S03)
    assert sheet.score == 14
    assert cell(sheet, "CONV1.params").state == "equivalent" and cell(sheet, "FC3.params").state == "rounded"
    exact = mark(key(LENET, "  tolerance: {FC3.params: exact}\n"), S03)
    assert cell(exact, "FC3.params").state == "wrong" and exact.score == 13


def test_an_input_of_224_and_no_padding() -> None:
    sheet = mark(key(ALEXNET), """
        CONV1, 54x54x96, 34944
        POOL1, 26x26x96, 0
        CONV2, 26x26x256, 614656
        POOL2, 12x12x256, 0
        CONV3, 12x12x384, 885120
        CONV4, 12x12x384, 1327488
        CONV5, 12x12x256, 884992
        POOL3, 5x5x256, 0
        FLATTEN, 6400, 0
        FC6, 4096, 26218496
        FC7, 4096, 16781312
        FC8, 1000, 4097000
    """)  # fmt: skip
    follows = dict.fromkeys(
        ("POOL1", "CONV2", "POOL2", "CONV3", "CONV4", "CONV5", "POOL3", "FLATTEN"), "follow_through CONV1"
    )
    assert states(sheet) == {"CONV1": "wrong", **follows, **dict.fromkeys(("FC6", "FC7", "FC8"), "correct")}
    assert states(sheet, "params")["FC6"] == "follow_through CONV1"
    assert (sheet.score, sheet.max_score) == (23, 24)


def test_56_pools_to_27_as_55_does() -> None:
    text = "CONV1, 56x56x96\n POOL1, 27x27x96\n CONV2, 27x27x256\n POOL2, 13x13x256\n"
    sheet = mark(key(ALEXNET), text, "output_shape")
    assert {layer: state for layer, state in states(sheet).items() if state != "blank"} == {
        "CONV1": "wrong", "POOL1": "correct", "CONV2": "correct", "POOL2": "correct",
    }  # fmt: skip


def test_floor_hides_the_rest() -> None:
    quiz = """
        name: uda-130
        input: 130x130x3
        layers:
          - conv: {filters: 10, kernel: 3, name: conv1}
          - maxpool: {kernel: 4, name: pool1}
          - conv: {filters: 20, kernel: 5, padding: 2, name: conv2}
          - maxpool: {kernel: 2, name: pool2}
    """
    text = "conv1, 129x129x10\n pool1, 32x32x10\n conv2, 32x32x20\n pool2, 16x16x20"
    assert states(mark(key(quiz), text, "output_shape")) == {
        "conv1": "wrong", "pool1": "correct", "conv2": "correct", "pool2": "correct",
    }  # fmt: skip
