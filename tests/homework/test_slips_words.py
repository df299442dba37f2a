"""What is said about a slip: both languages, hints without the answer, and the worked line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from shapecalc import text
from shapecalc.homework.question import TOTAL, Question
from shapecalc.homework.slips import Diagnosis, diagnose, distractors, slips

from .positive import CONV, LENET, MLP, POSITIVE
from .setups import asked

HABITS = re.compile(r"3×3|5×5|\bthe 1\b|1 加|\btwo\b")


@pytest.fixture
def chinese() -> Iterator[None]:
    text.use("zh")
    yield
    text.use("en")


def test_a_pair_is_named_in_one_sentence() -> None:
    (found,) = diagnose(CONV, 151)
    assert found.id == "no_input_depth+one_bias_per_layer"
    assert found.message == (
        "depth of the input left out of the filter; and one bias for the whole layer instead of one per filter or unit"
    )


@pytest.mark.usefixtures("chinese")
def test_the_users_language_is_asked_when_the_message_is() -> None:
    (pair,) = diagnose(CONV, 151)
    assert pair.message == "忽略输入通道数；并且整层只算一个偏置"
    (found,) = diagnose(CONV, 450)
    assert found.message == "漏算偏置"
    assert found.hint == "每个卷积核或单元除了权重，还有什么参数？"
    (slip,) = [d for d in diagnose(LENET[2], (12, 12, 16)) if d.id == "same_for_valid"]
    assert slip.message == "该用 valid 却用了 same（往前第2层）"


def test_a_slip_made_earlier_says_where() -> None:
    found = diagnose(LENET[2], (12, 12, 16))
    (slip,) = [d for d in found if d.id == "same_for_valid"]
    assert slip.back == 2
    assert slip.message == "size kept where padding is valid (layers before this one: 2)"
    assert [d.message for d in found if d.id == "carried_error"] == ["right step on a wrong earlier value"]


@pytest.mark.parametrize("name", slips())
def test_hints_hold_no_number_of_the_question(name: str) -> None:
    sentence = slips()[name].hint
    assert not re.search(r"\d", HABITS.sub("", sentence)), sentence
    assert sentence == sentence.strip() and sentence[-1] in ".?"


def test_a_pair_has_both_hints() -> None:
    (found,) = diagnose(CONV, 151)
    assert found.hint == (
        "How deep is one filter? Look at the shape that goes in. "
        "Count the biases once more: who has one of its own?"
    )


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (CONV, "5·5·3·6 + 6 = 456"),
        (
            asked("output_size", "conv", (64, 64, 3), filters=1, kernel=5, stride=2),
            "⌊(64 + 2·0 − 5) / 2⌋ + 1 = 30",
        ),
        (asked("output_shape", "flatten", (5, 5, 16)), "5·5·16 = 400"),
        (asked("macs", "fc", (400,), units=120), "400·120 = 48,000"),
        (asked("flops", "fc", (400,), units=120), "2·400·120 = 96,000"),
        (asked("activations", "conv", (28, 28, 1), filters=4), "28·28·4 = 3,136"),
        (MLP, "704 + 2,080 + 165 = 2,949"),
        (Question("params", TOTAL, {}, (), MLP.earlier * 5), ""),
    ],
)
def test_solution(question: Question, line: str) -> None:
    assert question.work() == line


@pytest.mark.parametrize(
    ("question", "given", "work"),
    [
        (CONV, 450, "5·5·3·6"),
        (CONV, 151, "5·5·6 + 1"),
        (asked("output_size", "conv", (64, 64, 3), filters=1, kernel=5, stride=2), 29, "⌊(64 − 5) / 2⌋"),
        (
            asked("output_size", "conv", (63, 63, 1), filters=1, kernel=7, stride=2),
            18,
            "⌊(63 − 7) / (2 + 1)⌋",
        ),
        (asked("macs", "fc", (400,), units=120), 96_000, "2·400·120"),
    ],
)
def test_the_formula_that_was_used_is_shown(question: Question, given: int, work: str) -> None:
    assert diagnose(question, given)[0].work == work


def test_works_hold_no_python() -> None:
    for _name, question, given in POSITIVE:
        for found in diagnose(question, given):
            assert isinstance(found, Diagnosis)
            assert not re.search(r"\*|//|_[A-Z]|ceil_div|min\(", found.work), found.work


def test_distractors_are_the_commonest_slips_each_once() -> None:
    found = distractors(CONV, 3, seed=1)
    assert found == [
        (450, "no_bias", "weights only, biases forgotten"),
        (156, "no_input_depth", "depth of the input left out of the filter"),
        (451, "one_bias_per_layer", "one bias for the whole layer instead of one per filter or unit"),
    ]
    assert distractors(CONV, 0) == []
    assert len({name for _v, name, _m in distractors(CONV, 8)}) == 8
    assert distractors(CONV, 12, seed=1)[:3] == found
