"""Published problems and further ones: every answer is computed, from the setup or from the question's own words."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from shapecalc import layers, text
from shapecalc.errors import Source
from shapecalc.homework.problems import ProblemFile, Question, check_key, is_right, read_problems

DATA = Path(__file__).parents[1] / "data" / "homework"
SEQUENCES = ("lstm", "gru", "rnn", "mha")


def read(name: str) -> ProblemFile:
    text.use("en")
    return read_problems(Source(name, (DATA / name).read_text(encoding="utf-8")))


def raw(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))["problems"]
    return found


PUBLIC = read("problems.public.yaml")
PAIRS = [
    pytest.param(question, answer, id=f"{problem.id}-{question.cell}")
    for problem, published in zip(PUBLIC.problems, raw("problems.public.yaml"))
    for question, answer in zip(problem.questions, published["answers"])
]


def unknown_layer(question: Question) -> bool:
    """Whether the problem is of a layer that this version of the program has not; it must say so."""
    missing = [word for word in SEQUENCES if layers.load(word) is None]
    return question.reason in [f"there is no layer {word}" for word in missing]


def test_every_published_problem_is_read() -> None:
    assert len(PUBLIC.problems) == 94
    assert len(PAIRS) == 326


@pytest.mark.parametrize(("question", "published"), PAIRS)
def test_computed(question: Question, published: dict[str, Any]) -> None:
    if unknown_layer(question):
        return
    assert question.reason == ""
    wanted = published["computed"]
    if isinstance(wanted, float):
        assert [round(float(v), 2) for v in question.right if isinstance(v, Fraction)] == [wanted]
        return
    assert is_right(question, tuple(wanted) if isinstance(wanted, list) else wanted)


@pytest.mark.parametrize(("question", "published"), PAIRS)
def test_agreement_with_the_source(question: Question, published: dict[str, Any]) -> None:
    if unknown_layer(question):
        return
    said = {"disagree": "differs", "key_error": "differs"}.get(published["agreement"], published["agreement"])
    if isinstance(published["accepted"], float):
        said = "rounds"
    assert question.agreement == said


def test_published_answers_to_check() -> None:
    assert [(f.problem, f.cell, f.published, f.computed) for f in check_key(PUBLIC)] == [
        ("cs231n-vgg-mem", "activations", "24M", 15_237_608),
        ("cs231n-vgg-mem", "bytes", "93MB", 60_950_432),
        ("hist-fc3", "CONV-9-32:weights", 77_760, 7_776),
        ("dbg-rect", "2", [5, 7], (7, 9)),
    ]


def test_inverse_questions_have_one_answer_where_the_source_has() -> None:
    solved = {
        q.cell + p.id: q.right for p in PUBLIC.problems for q in p.questions if q.asks.startswith("solve")
    }
    assert solved == {
        "paddingcrs-w1-q6": (3,), "paddinguda-pad7": (3,), "paddinginv-pad27": (2,), "strideinv-stride": (4,),
    }  # fmt: skip


def test_what_was_read_from_a_question_is_said() -> None:
    read_from = {p.id for p in PUBLIC.problems for q in p.questions if q.read}
    assert read_from == {"d2l-8", "iv-108", "masai-n4", "dbg-rect", "rasbt-1d", "grp-24"}
    (d,) = [q for p in PUBLIC.problems if p.id == "d2l-8" for q in p.questions if q.cell == "d"]
    assert d.read == "kernel [3, 5], stride [3, 4], padding [0, 1]"


MORE = [
    pytest.param(question, id=f"{problem.id}-{question.cell}")
    for name in ("problems.more.yaml", "problems.plain.yaml")
    for problem in read(name).problems
    for question in problem.questions
    if question.published is not None and question.asks != "colour"
]


@pytest.mark.parametrize("question", MORE)
def test_further_problems(question: Question) -> None:
    if unknown_layer(question):
        return
    assert (question.reason, question.agreement) in (("", "agree"), ("", "rounds")), question


def test_an_unknown_ask_of_a_published_file_is_answered_as_published() -> None:
    (question,) = [q for p in read("problems.more.yaml").problems for q in p.questions if q.asks == "colour"]
    assert (question.right, question.reason) == ((5,), "colour cannot be asked")


def test_workings_are_the_layers_own() -> None:
    plain = {q.cell: q.working for p in read("problems.plain.yaml").problems for q in p.questions}
    assert plain["conv1"] == "5·5·1·6 + 6"
    assert plain["conv2"] == "⌊(14 + 2·0 − 5) / 1⌋ + 1"
    assert plain["fc1"] == "400·120"
