"""Any layer, any quantity, any value: no crash, no name for what is right, and the same answer twice."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc import layers
from shapecalc.errors import ShapeError
from shapecalc.homework.question import TOTAL, Question, Unasked
from shapecalc.homework.slips import diagnose, distractors, hint, slips

from .setups import USUAL, asked

QUANTITIES = [
    "output_shape",
    "output_size",
    "activations",
    "memory",
    "weights",
    "biases",
    "buffers",
    "params",
    "macs",
    "flops",
    "connections",
    "receptive_field",
    "padding",
    "stride",
    "kernel",
    "dilation",
    "weight_shape",
    "filters",
]
CASES = [(word, case) for word in layers.words() for case in layers.load(word).CASES]  # type: ignore[union-attr]
WANTED = (USUAL, USUAL._replace(bn=4), USUAL._replace(padding="total", dilation=0, bytes_per_value=2))
numbers = st.integers(0, 10**10) | st.integers(0, 64) | st.fractions(0, 300, max_denominator=9)
values = numbers | st.tuples(numbers) | st.tuples(numbers, numbers) | st.tuples(numbers, numbers, numbers)


def questions(word: str, case: layers.Case, wanted: Any = USUAL) -> list[Question]:
    base = asked("output_shape", word, case.x, (), wanted, **dict(case.options))
    flat = asked("output_shape", "flatten", base.inputs[0], (), wanted) if len(base.inputs[0]) > 1 else base
    found = [base._replace(quantity=q) for q in QUANTITIES]
    found += [
        base._replace(quantity=q, earlier=(flat,)) for q in ("params", "output_shape", "receptive_field")
    ]
    found += [Question(q, TOTAL, {}, (), (base, base), wanted) for q in ("params", "memory", "output_shape")]
    return found


def right(question: Question) -> Any:
    try:
        return question.value()
    except (Unasked, ShapeError):
        return None


@pytest.mark.parametrize("wanted", WANTED, ids=["usual", "four", "total"])
@pytest.mark.parametrize(("word", "case"), CASES, ids=[f"{w}: {c.source}" for w, c in CASES])
def test_right_answers_get_no_name(word: str, case: layers.Case, wanted: Any) -> None:
    for question in questions(word, case, wanted):
        answer = right(question)
        if answer is not None:
            assert diagnose(question, answer) == (), question.quantity
            shown = question.work()
            sizes = answer if isinstance(answer, tuple) else (answer,)
            results = re.findall(r" = ([\d,]+)(?:, |$)", shown)
            assert all(n in [f"{m:,}" for m in sizes] for n in results), shown


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CASES), st.data(), values, st.sampled_from([None, 10, 1000]))
def test_any_value(of: tuple[str, layers.Case], data: Any, value: Any, step: int | None) -> None:
    question = data.draw(st.sampled_from(questions(*of, data.draw(st.sampled_from(WANTED)))))
    found = diagnose(question, value, step=step)
    assert diagnose(question, value, step=step) == found
    assert len(found) <= 3 and len({d.id for d in found}) == len(found)
    for diagnosis in found:
        assert set(diagnosis.id.split("+")) <= set(slips())
        assert diagnosis.message and isinstance(diagnosis.work, str)
        assert hint(diagnosis.id)


@pytest.mark.parametrize(("word", "case"), CASES, ids=[f"{w}: {c.source}" for w, c in CASES])
def test_distractors(word: str, case: layers.Case) -> None:
    for question in questions(word, case):
        answer = right(question)
        found = distractors(question, 4, seed=7)
        shown = [value for value, _name, _message in found]
        assert len(shown) == len(set(shown)) <= 4
        for value, name, message in found:
            assert value != answer and not question.accepts(value)
            assert not isinstance(value, Fraction) and type(value) is type(answer) and message
            assert name in [d.id for d in diagnose(question, value)], (question.quantity, value)
        assert distractors(question, 4, seed=7) == found


@pytest.mark.parametrize("value", [None, True, "same", "", 2.5, (), (None,), ("a", "b"), -3, 0, (0, 0, 0)])
def test_what_is_no_number_gets_no_name(value: Any) -> None:
    for question in questions("conv", layers.load("conv").CASES[0]):  # type: ignore[union-attr]
        if value not in (0, (0, 0, 0)):
            assert diagnose(question, value) == ()
        else:
            diagnose(question, value)


def test_a_layer_that_does_not_fit_its_input_gets_no_name() -> None:
    assert diagnose(asked("output_shape", "conv", (3, 3, 1), filters=1, kernel=7), (1, 1, 1)) == ()
