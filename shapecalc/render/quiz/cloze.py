"""Moodle's embedded answers: the table itself is the question, with a field in every blank.

A shape has a field an axis; a number's field weighs as much as all fields of a shape. Pitfall: Moodle takes a backslash
away from `}` and `#` alone and shows all others, but it decodes entities in a field, so every sign that means something
is one; what is HTML there already is encoded once more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...report.quiz import Blank, Part, Quiz, parts, written
from . import _moodle


def render(quizzes: Sequence[Quiz]) -> str:
    """One question for each sheet, a blank line between."""
    return "\n\n".join(map(question, quizzes)) + "\n"


def question(quiz: Quiz) -> str:
    """The HTML of a sheet, its fields in it."""
    whole = {blank.number: asked for blank, asked in zip(quiz.blanks, parts(quiz))}
    found: dict[str, str] = {}

    def blank(blank: Blank) -> str:
        marker = f"\x00{blank.number}\x00"
        found[marker] = fields(blank, whole[blank.number])
        return marker

    text = braces(_moodle.page(quiz, blank))
    return re.sub("\x00\\d+\x00", lambda marker: found[marker[0]], text)


def fields(blank: Blank, asked: Sequence[Part]) -> str:
    """The fields of a blank: one, or one for each axis of a shape."""
    if blank.choices:
        return _choice(blank, sum(part.weight for part in asked))
    return " × ".join(map(_number, asked))


def braces(html: str) -> str:
    """HTML beside the fields: a brace would open one."""
    return html.replace("{", "&#123;").replace("}", "&#125;")


def _choice(blank: Blank, weight: int) -> str:
    texts = []
    for choice in blank.choices:
        credit = next((w.credit for w in blank.wrong if w.value == choice.value), 0.0)
        sign = "=" if choice.right else f"%{_moodle.grade(credit)}%" if credit else ""
        said = blank.work if choice.right else choice.message
        texts.append(sign + escape(written(choice.value)) + _feedback(said))
    return f"{{{weight}:MULTICHOICE:{'~'.join(texts)}}}"


def _number(part: Part) -> str:
    texts = [f"={n}:0{_feedback(part.blank.work)}" for n in (part.value, *part.also)]
    texts += (f"%{_moodle.grade(w.credit)}%{w.value}:0{_feedback(w.message)}" for w in part.wrong)
    return f"{{{part.weight}:NUMERICAL:{'~'.join(texts)}}}"


def _feedback(sentence: str) -> str:
    return f"#{escape(_moodle.text(sentence))}" if sentence else ""


def escape(text: str) -> str:
    """`text` so that a field reads it as text."""
    return re.sub(r'[&<>{}#~/"\\=%*]', lambda sign: f"&#{ord(sign[0])};", text)
