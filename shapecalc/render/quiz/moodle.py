"""Moodle XML: a category for every question, with one of each variant in it, as Moodle's random question draws them.

A shape is a question with a field an axis, so that all its axes come from one variant; the whole sheet is a question too,
in a category of its own. Pitfall: a random question brings no description, so each says its conventions itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ...quantities import LABELS
from ...report.quiz import Blank, Part, Quiz, parts, written
from ...text import _
from ..safe import clean
from . import _moodle, cloze


def render(quizzes: Sequence[Quiz]) -> str:
    """A file of questions, whatever number of variants there are."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_questions(quizzes), "</quiz>", ""]
    return "\n".join(lines)


def _questions(quizzes: Sequence[Quiz]) -> Iterator[str]:
    top = _moodle.plain(quizzes[0].spec or quizzes[0].name)
    yield _category(top, _("whole sheets"))
    for n, quiz in enumerate(quizzes, 1):
        yield _question("cloze", _named(quiz, quiz.name, n), cloze.question(quiz), ())
    asked = [list(zip(quiz.blanks, parts(quiz))) for quiz in quizzes]
    for variants in zip(*asked, strict=True):
        first = variants[0][0]
        yield _category(top, f"{first.number:02} {_place(first)}")
        for n, (quiz, (blank, own)) in enumerate(zip(quizzes, variants), 1):
            name = _named(quiz, f"{blank.number}. {_place(blank)}", n)
            yield _asked(quiz, blank, own, name)


def _place(blank: Blank) -> str:
    return f"{blank.row} {_(LABELS[blank.column])}"


def _named(quiz: Quiz, name: str, n: int) -> str:
    return f"{name} ({quiz.student or n})"


def _category(*names: str) -> str:
    path = "/".join(["$course$", "top", *map(_moodle.plain, names)])
    return f'<question type="category"><category><text>{_xml(path)}</text></category></question>'


def _asked(quiz: Quiz, blank: Blank, own: Sequence[Part], name: str) -> str:
    """One blank as a question that stands alone."""
    html = _moodle.standing(quiz, blank)
    weight = sum(
        part.weight for part in own
    )  # as in the fields of a shape, so that all questions share one scale
    if blank.choices:
        return _question("multichoice", name, html, _choices(blank), weight)
    if len(own) > 1:
        html = f"{cloze.braces(html)}<p>{' × '.join(map(_moodle.text, blank.axes))}: {cloze.fields(blank, own)}</p>"
        return _question("cloze", name, html, ())
    return _question("numerical", name, html, _numbers(own[0]), weight)


def _numbers(part: Part) -> Iterator[str]:
    for n in (part.value, *part.also):
        yield _answer("100", str(n), part.blank.work, tolerance=True)
    for wrong in part.wrong:
        yield _answer(_moodle.grade(wrong.credit), str(wrong.value), wrong.message, tolerance=True)


def _choices(blank: Blank) -> Iterator[str]:
    yield "<single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>"
    for choice in blank.choices:
        credit = next((w.credit for w in blank.wrong if w.value == choice.value), 0.0)
        fraction = "100" if choice.right else _moodle.grade(credit)
        yield _answer(fraction, written(choice.value), blank.work if choice.right else choice.message)


def _answer(fraction: str, text: str, said: str, tolerance: bool = False) -> str:
    exact = "<tolerance>0</tolerance>" if tolerance else ""
    feedback = f'<feedback format="html"><text>{_xml(_moodle.text(said))}</text></feedback>'
    kind = "moodle_auto_format" if tolerance else "html"
    body = text if tolerance else _moodle.text(text)
    return (
        f'<answer fraction="{fraction}" format="{kind}"><text>{_xml(body)}</text>{exact}{feedback}</answer>'
    )


def _question(kind: str, name: str, html: str, answers: Iterator[str] | tuple[()], marks: float = 0) -> str:
    """`marks` of 0 leaves them to the fields."""
    grade = [f"<defaultgrade>{marks:g}</defaultgrade>"] if marks else []
    lines = [
        f'<question type="{kind}">',
        f"<name><text>{_xml(clean(name))}</text></name>",
        f'<questiontext format="html"><text>{_xml(html)}</text></questiontext>',
        *grade,
        *answers,
        "</question>",
    ]
    return "\n".join(lines)


def _xml(text: str) -> str:
    """Text, or HTML, as text of the file."""
    return escape(text, quote=False)
