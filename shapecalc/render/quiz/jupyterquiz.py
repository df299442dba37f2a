"""JupyterQuiz: a list of questions that a notebook shows, each answer with its own feedback.

Pitfall: a number is compared after rounding to `precision` significant digits, so that must be at least the digits of
the right answer and of every slip; and texts are HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ...report.quiz import Blank, Part, Quiz, parts, written
from ...text import _, run_on
from . import _moodle


def render(quizzes: Sequence[Quiz]) -> str:
    """One JSON list."""
    questions = [question for quiz in quizzes for question in _questions(quiz)]
    return json.dumps(questions, ensure_ascii=False, indent=1) + "\n"


def _questions(quiz: Quiz) -> Iterator[dict[str, Any]]:
    """The first question carries the table, since there is no other place for it."""
    table = _math(_moodle.page(quiz, lambda blank: f"({blank.number})"))
    for blank, asked in zip(quiz.blanks, parts(quiz)):
        for item in [_choice(blank)] if blank.choices else map(_number, asked):
            yield {**item, "question": table + item["question"]}
            table = ""


def _choice(blank: Blank) -> dict[str, Any]:
    answers = [
        {
            "answer": written(choice.value),
            "correct": choice.right,
            "feedback": _math(
                _moodle.text((blank.work if choice.right else choice.message) or _said(choice.right))
            ),
        }
        for choice in blank.choices
    ]
    return {"question": _label(blank, blank.question), "type": "multiple_choice", "answers": answers}


def _number(part: Part) -> dict[str, Any]:
    question = part.blank.question
    if part.axis is not None:
        question = run_on((question, _("Its {axis}:").format(axis=part.blank.axes[part.axis])))
    said = _math(_moodle.text(part.blank.work or _said(True)))
    right = {"type": "value", "correct": True, "feedback": said}
    answers: list[dict[str, Any]] = [{**right, "value": n} for n in (part.value, *part.also)]
    for wrong in part.wrong:
        said = _math(_moodle.text(wrong.message or _said(False)))
        answers.append({"type": "value", "value": wrong.value, "correct": False, "feedback": said})
    answers.append({"type": "default", "feedback": _moodle.text(_("Not this number; try again."))})
    digits = max(len(str(answer["value"])) for answer in answers if "value" in answer)
    known = {"question": _label(part.blank, question), "type": "numeric", "precision": max(5, digits)}
    return {**known, "answers": answers}


def _label(blank: Blank, question: str) -> str:
    return _math(f"({blank.number}) {_moodle.text(question)}")


def _said(right: bool) -> str:
    return _("Right.") if right else _("Not this one.")


def _math(text: str) -> str:
    """A dollar sign would open mathematics."""
    return text.replace("$", "&#36;")
