"""The real wrong answers get the names that their collectors gave them; chance values get none."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.homework.question import Question
from shapecalc.homework.slips import diagnose, slips
from shapecalc.layers import words

from .positive import POSITIVE
from .setups import misconceptions, question, step, value, wrong_answers

NO_RULE = {
    "wa-008": "63 / 4 rounded, of a layer with stride 2",
    "wa-050": "28·28·14 printed for 28·28·4",
    "wa-064": "9·256, no usual slip",
    "wa-146": "a width guessed freely",
    "wa-156": "three times 8.2G, which is not three times anything here",
    "wa-157": "93 MiB for a sum of 61 MB",
}
"""Values without a rule, as the collection says itself or as its derivation shows: they must stay without a name."""
ANOTHER = {
    "wa-094": [
        "kernel_habit_5x5",
        "kernel_ignored",
        "ceil_for_floor_or_slip",
    ],  # ⌊227 / 4⌋; a kept size of 227 is 57
    "wa-098": ["pool_channels_only"],  # 55×55×48: the channels of one of two GPUs
    "wa-130": ["ceil_for_floor_or_slip", "off_by_one"],  # made two layers before, and just one too many
}
"""Values that a commoner slip gives than the one that was seen behind them."""
QUESTIONS = {name: asked for name in wrong_answers() if (asked := question(name))}
NAMED = [name for name in QUESTIONS if name not in NO_RULE and name not in ANOTHER]


def ids(asked: Question, given: Any, digit: int | None = None) -> list[str]:
    return [d.id for d in diagnose(asked, given, step=digit)]


def test_all_real_answers_are_asked() -> None:
    missing = set(wrong_answers()) - set(QUESTIONS)
    assert missing <= ({"wa-084"} if "lstm" not in words() else set()) | (
        {"wa-087"} if "gru" not in words() else set()
    )
    assert len(NAMED) >= 91


@pytest.mark.parametrize("name", NAMED)
def test_real_answer_is_named(name: str) -> None:
    item = wrong_answers()[name]
    found = ids(QUESTIONS[name], value(item["wrong"]), step(item["wrong"]))
    assert set(item["misconception"]) in [set(one.split("+")) for one in found], found


def test_most_are_named_first() -> None:
    first = 0
    for name in NAMED:
        item = wrong_answers()[name]
        found = ids(QUESTIONS[name], value(item["wrong"]), step(item["wrong"]))
        first += set(found[0].split("+")) == set(item["misconception"])
    assert first >= 75


@pytest.mark.parametrize("name", [n for n in NO_RULE if n in QUESTIONS])
def test_no_rule_no_name(name: str) -> None:
    item = wrong_answers()[name]
    assert ids(QUESTIONS[name], value(item["wrong"]), step(item["wrong"])) == []


@pytest.mark.parametrize("name", ANOTHER)
def test_a_commoner_slip_gives_it_too(name: str) -> None:
    assert ids(QUESTIONS[name], value(wrong_answers()[name]["wrong"])) == ANOTHER[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_right_answers_are_no_slip(name: str) -> None:
    asked = QUESTIONS[name]
    assert ids(asked, asked.value()) == []


def test_ids_words_and_counts_are_those_of_the_collection() -> None:
    known = misconceptions()
    for name, entry in known.items():
        if name not in ("unexplained", "typo_factor", "intermediate_slip"):
            slip = slips()[name]
            assert (slip.words, slip.seen) == (entry["en"], entry["seen"]), name


@pytest.mark.parametrize(("name", "asked", "given"), POSITIVE, ids=[f"{n}-{v}" for n, _a, v in POSITIVE])
def test_every_slip_is_found(name: str, asked: Question, given: Any) -> None:
    assert name in ids(asked, given)
    assert ids(asked, asked.value()) == []


def test_no_slip_is_left_out() -> None:
    covered = {part for name, _a, _v in POSITIVE for part in name.split("+")}
    assert covered >= set(slips())


def test_the_same_question_has_the_same_answer() -> None:
    for name, asked, given in POSITIVE:
        again = Question(*asked)._replace(options=dict(asked.options))
        assert diagnose(again, given) == diagnose(asked, given), name
