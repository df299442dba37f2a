"""text2qti, for Canvas and other places that read QTI: plain text with a question for every number or choice.

Numeric questions there have no feedback for single values, so choices are the better form where slips matter. A shape is
a question an axis, so the table names questions and not blanks. Pitfall: a numeric answer of 0 is refused, so it is a
word; texts are Markdown with `$` for mathematics, and a line that does not begin like one of the format's own is indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...report.quiz import Blank, Part, Quiz, parts, written
from ...text import _, run_on
from ..safe import clean


def render(quizzes: Sequence[Quiz]) -> str:
    """Sheets one after another; text2qti takes one quiz a file, so several share one heading."""
    first = quizzes[0]
    lines = [f"Quiz title: {clean(first.heading)}", f"Quiz description: {_described(first)}", ""]
    number = 0
    for quiz in quizzes:
        asked_of = list(zip(quiz.blanks, parts(quiz)))
        lines += _table(quiz, _numbers(asked_of, number))
        for blank, asked in asked_of:
            items = [_choice(blank)] if blank.choices else [_number(part) for part in asked]
            for points, question, answers in items:
                number += 1
                whole = sum(part.weight for part in asked) if blank.choices else points
                lines += [f"Points: {whole}", f"{number}. {text(question)}", *answers, ""]
    return "\n".join(lines)


def _described(quiz: Quiz) -> str:
    return run_on(map(text, quiz.conventions))


def _numbers(asked: Sequence[tuple[Blank, Sequence[Part]]], before: int) -> dict[int, str]:
    """The questions of each blank, by its number on the sheet: `4`, or `1-3` for a shape."""
    found = {}
    for blank, own in asked:
        first, before = before + 1, before + (1 if blank.choices else len(own))
        found[blank.number] = str(first) if first == before else f"{first}-{before}"
    return found


def _table(quiz: Quiz, numbers: Mapping[int, str]) -> Iterator[str]:
    """The sheet as a text region: a row a line."""
    yield f"Text title: {clean(quiz.heading)}"
    rows = [
        ", ".join(
            [
                f"{line.name}: {line.operation}" if line.operation else line.name,
                *_given(quiz, line.cells, numbers),
            ]
        )
        for line in quiz.lines
    ]
    yield f"Text: {text(rows[0])}"
    for row in rows[1:]:
        yield ""
        yield f"    {text(row)}"
    yield ""


def _given(quiz: Quiz, cells: Sequence[object], numbers: Mapping[int, str]) -> Iterator[str]:
    """The cells of a row in words; a blank by its questions."""
    for column, cell in zip(quiz.columns, cells):
        if isinstance(cell, Blank):
            yield f"{column} ({numbers[cell.number]})"
        elif isinstance(cell, (int, tuple)):
            yield f"{column} {written(cell)}"


def _choice(blank: Blank) -> tuple[int, str, list[str]]:
    lines = []
    for choice in blank.choices:
        lines.append(f"{'*' if choice.right else ''}{choice.letter}) {text(written(choice.value))}")
        said = blank.work if choice.right else choice.message
        if said:
            lines.append(f"... {text(said)}")
    return 1, blank.question, lines


def _number(part: Part) -> tuple[int, str, list[str]]:
    question = part.blank.question
    if part.axis is not None:
        question = run_on((question, _("Its {axis}:").format(axis=part.blank.axes[part.axis])))
    worked = [f"+   {text(part.blank.work)}"] if part.blank.work else []
    if (
        part.also or part.value == 0
    ):  # a numeric question has one answer, and none below 0.0001; words have any
        return part.weight, question, [*worked, *(f"*   {n}" for n in (part.value, *part.also))]
    return part.weight, question, [*worked, f"=   {part.value}"]


def text(words: str) -> str:
    """Text as Markdown reads it as text, on one line."""
    return re.sub(r"[\\`*_\[\]<>$|#~^{}&]", r"\\\g<0>", clean(words))
