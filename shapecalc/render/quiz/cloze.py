"""Moodle's embedded answers: the table itself is the question, with a field in every blank.

A shape has a field an axis; a number's field weighs as much as all fields of a shape. Pitfall: inside a field
`} # ~ / " \\` have a backslash in front; outside, a brace is written as an entity, since it would open a field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...report.quiz import Blank, Part, Quiz, parts, written
from . import _moodle


def render(quizzes: Sequence[Quiz]) -> str:
    """One question for each sheet, a blank line between."""
    return "\n\n".join(map(_question, quizzes)) + "\n"


def _question(quiz: Quiz) -> str:
    whole = {blank.number: asked for blank, asked in zip(quiz.blanks, parts(quiz))}
    fields: dict[str, str] = {}

    def blank(blank: Blank) -> str:
        marker = f"\x00{blank.number}\x00"
        if blank.choices:
            fields[marker] = _choice(blank, sum(part.weight for part in whole[blank.number]))
        else:
            fields[marker] = " × ".join(map(_number, whole[blank.number]))
        return marker

    text = _moodle.page(quiz, blank).replace("{", "&#123;").replace("}", "&#125;")
    return re.sub("\x00\\d+\x00", lambda marker: fields[marker[0]], text)


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
    return re.sub(r'[}#~/"\\{=%]', _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """Signs that Cloze knows no escape for become entities."""
    sign = match[0]
    return {"{": "&#123;", "=": "&#61;", "%": "&#37;"}.get(sign, f"\\{sign}")
