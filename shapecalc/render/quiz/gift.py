"""GIFT, Moodle's text format: the table as a description, then a question for every number that is asked.

A shape is asked axis by axis, because a short answer would need every spelling of it listed; with choices it is asked
whole. A wrong value that a slip gives has the slip's sentence as feedback. Pitfall: `~ = # { } :` and the backslash mean
something everywhere, in names and in feedback too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...report.quiz import Blank, Part, Quiz, Wrong, parts, written
from ...text import _
from . import _moodle


def render(quizzes: Sequence[Quiz]) -> str:
    """Questions with a blank line between."""
    return "\n\n".join(item for quiz in quizzes for item in _items(quiz)) + "\n"


def _items(quiz: Quiz) -> Iterator[str]:
    yield f"$CATEGORY: {_category(quiz)}"
    yield f"::{escape(_moodle.text(quiz.heading))}::[html]{escape(_moodle.page(quiz, lambda b: f'({b.number})'))}"
    for blank, asked in zip(quiz.blanks, parts(quiz)):
        if blank.choices:
            yield _choice(blank)
        else:
            yield from map(_number, asked)


def _category(quiz: Quiz) -> str:
    """The question bank's folder, in plain letters: a slash would make a folder in it, and nothing is escaped there."""
    return " ".join(re.sub(r"[^\w.,()+-]+", " ", f"{quiz.name} {quiz.student}").split()) or "shapecalc"


def _choice(blank: Blank) -> str:
    lines = []
    for choice in blank.choices:
        credit = next((w.credit for w in blank.wrong if w.value == choice.value), 0.0)
        weight = "=" if choice.right else f"~%{_moodle.grade(credit)}%" if credit else "~"
        said = blank.work if choice.right else choice.message
        lines.append(f"{weight}{escape(written(choice.value))}{_feedback(said)}")
    return _question(f"{blank.number}. {blank.row} {blank.column}", blank.question, lines)


def _number(part: Part) -> str:
    lines = [f"={n}:0{_feedback(part.blank.work)}" for n in (part.value, *part.also)]
    lines += map(_wrong, part.wrong)
    question = part.blank.question
    if part.axis is not None:
        question += " " + _("Its {axis}:").format(axis=part.blank.axes[part.axis])
    return _question(f"{part.blank.number}. {part.name}", question, lines)


def _wrong(wrong: Wrong) -> str:
    return f"=%{_moodle.grade(wrong.credit)}%{wrong.value}:0{_feedback(wrong.message)}"


def _question(name: str, question: str, lines: Sequence[str]) -> str:
    numeric = "#" if re.match(r"=-?\d+:0", lines[0]) else ""
    answers = "\n".join(lines)
    return (
        f"::{escape(_moodle.text(name))}::[html]{escape(_moodle.text(question))} {{{numeric}\n{answers}\n}}"
    )


def _feedback(sentence: str) -> str:
    return f" #{escape(_moodle.text(sentence))}" if sentence else ""


def escape(text: str) -> str:
    """`text` so that GIFT reads it as text."""
    return re.sub(r"[~=#{}:\\]", r"\\\g<0>", text)
