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
    return "\n\n".join(_items(quizzes)) + "\n"


def _items(quizzes: Sequence[Quiz]) -> Iterator[str]:
    """One sheet as it is handed out; of several, a category for each question with all its variants in it."""
    if len(quizzes) == 1:
        (quiz,) = quizzes
        yield f"$CATEGORY: {_moodle.plain(f'{quiz.name} {quiz.student}')}"
        yield f"::{escape(_moodle.text(quiz.heading))}::[html]{escape(_moodle.page(quiz, lambda b: f'({b.number})'))}"
        for blank, asked in zip(quiz.blanks, parts(quiz)):
            yield from _asked(blank, asked, _moodle.text(blank.question))
        return
    top = _moodle.plain(quizzes[0].spec or quizzes[0].name)
    for variants in zip(*(zip(quiz.blanks, parts(quiz)) for quiz in quizzes), strict=True):
        first = variants[0][0]
        for place in range(1 if first.choices else len(variants[0][1])):
            name = first.row + " " + first.column if first.choices else variants[0][1][place].name
            yield f"$CATEGORY: {top}/{_moodle.plain(f'{first.number:02} {name}')}"
            for n, (quiz, (blank, asked)) in enumerate(zip(quizzes, variants), 1):
                own = [] if blank.choices else [asked[place]]
                html = _moodle.standing(quiz, blank)
                yield from _asked(blank, own, html, f" ({quiz.student or n})")


def _asked(blank: Blank, asked: Sequence[Part], html: str, whose: str = "") -> Iterator[str]:
    """The questions of a blank: one, or one for each axis of a shape."""
    if blank.choices:
        yield _choice(blank, html, whose)
    else:
        yield from (_number(part, html, whose) for part in asked)


def _choice(blank: Blank, html: str, whose: str) -> str:
    lines = []
    for choice in blank.choices:
        credit = next((w.credit for w in blank.wrong if w.value == choice.value), 0.0)
        weight = "=" if choice.right else f"~%{_moodle.grade(credit)}%" if credit else "~"
        said = blank.work if choice.right else choice.message
        lines.append(f"{weight}{escape(written(choice.value))}{_feedback(said)}")
    return _question(f"{blank.number}. {blank.row} {blank.column}{whose}", html, lines)


def _number(part: Part, html: str, whose: str) -> str:
    lines = [f"={n}:0{_feedback(part.blank.work)}" for n in (part.value, *part.also)]
    lines += map(_wrong, part.wrong)
    if part.axis is not None:
        html += " " + _moodle.text(_("Its {axis}:").format(axis=part.blank.axes[part.axis]))
    return _question(f"{part.blank.number}. {part.name}{whose}", html, lines)


def _wrong(wrong: Wrong) -> str:
    return f"=%{_moodle.grade(wrong.credit)}%{wrong.value}:0{_feedback(wrong.message)}"


def _question(name: str, html: str, lines: Sequence[str]) -> str:
    numeric = "#" if re.match(r"=-?\d+:0", lines[0]) else ""
    answers = "\n".join(lines)
    return f"::{escape(_moodle.text(name))}::[html]{escape(html)} {{{numeric}\n{answers}\n}}"


def _feedback(sentence: str) -> str:
    return f" #{escape(_moodle.text(sentence))}" if sentence else ""


def escape(text: str) -> str:
    """`text` so that GIFT reads it as text."""
    return re.sub(r"[~=#{}:\\]", r"\\\g<0>", text)
