"""A class's answers to a problem file, marked: a line a question, with the slip behind a wrong number.

Pitfall: a table of answers names questions and no layers, so it is read here and not as an answer sheet of a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...errors import Source
from ...report.grades import Cell, Grades, Sheet, Style
from ...text import _, clauses
from ..answers import Reading
from ..conventions import sentences
from ..folders import hand_in_files
from ..hand_in_files import File
from ..judging import Rules
from ..marking import repeated
from ..sheets.decode import decoded
from ..solution import of_question
from ..spelling.refused import Refused
from .answers import Given, answers_in
from .asking import diagnosed
from .marking import RIGHT, Marked, Memo, mark, said
from .reader import read_problems
from .records import ProblemFile

Progress = Callable[[int, int], None]


def problems_in(source: Source) -> ProblemFile | None:
    """The problems of a file, None where it is a spec. Raises SpecError with every mistake."""
    import re

    if not re.search(r"^problems\s*:", source.text, re.MULTILINE):
        return None
    return read_problems(source)


def grade_problems(
    file: ProblemFile,
    paths: Sequence[str],
    rules: Rules = Rules(),
    encoding: str = "utf-8",
    progress: Progress | None = None,
    id_pattern: str | None = None,
    assignment: str | None = None,
) -> Grades:
    """Every hand-in under `paths`, by student. Raises UsageError as `read_answers` does."""
    sheets: list[Sheet] = []
    memo: Memo = {}
    for found, student in hand_in_files(
        paths, encoding=encoding, id_pattern=id_pattern, assignment=assignment
    ):
        for given in _read(found, student, encoding):
            sheets.append(_sheet(file, found.path, given, rules, memo=memo))
            if progress:
                progress(len(sheets), len(sheets))
    sheets.sort(key=lambda sheet: (sheet.student, sheet.file))
    used = list(dict.fromkeys(p.conventions for p in file.problems))
    return Grades(file.name, used[0]._asdict() if len(used) == 1 else {}, tuple(sheets), notes(file))


def published(file: ProblemFile) -> Sheet:
    """The published answers as a sheet, to be compared with what is computed."""
    answers = {
        (p.id, q.cell): _written(q.published)
        for p in file.problems
        for q in p.asks
        if q.published is not None
    }
    return _sheet(
        file,
        file.source.name,
        Given(file.source.name, answers),
        Rules(follow=False, style=Style("all")),
        exact=True,
    )


def notes(file: ProblemFile) -> tuple[str, ...]:
    """The conventions that the marks rest on, as far as anything asked depends on them."""
    used = dict.fromkeys(p.conventions for p in file.problems)
    asked = [q.question for p in file.problems for q in p.asks if q.question]
    columns = tuple(dict.fromkeys(question.quantity for question in asked))
    layers = {part.word for question in asked for part in (question, *question.earlier)}
    said_ = list(sentences(next(iter(used)), columns, layers)) if len(used) == 1 else []
    lines = [_("Conventions: {list}.").format(list=clauses(said_))] if said_ else []
    return tuple(lines)


def _read(found: File, student: str, encoding: str) -> tuple[Given, ...]:
    if found.problem:
        return (Given(student, {}, (found.problem,)),)
    try:
        return answers_in(decoded(found.read(), encoding), found.name, student)
    except Refused as refused:
        return (Given(student, {}, (f"{found.name}: {refused.reason}",)),)


def _sheet(
    file: ProblemFile,
    path: str,
    given: Given,
    rules: Rules,
    exact: bool = False,
    memo: Memo | None = None,
) -> Sheet:
    answers = dict(given.answers) if exact else given.matched(file)
    marked = mark(
        file, answers, _reader, diagnosed, follow=rules.follow, memo=memo, tolerance=rules.tolerance
    )
    cells = tuple(map(_cell, marked))
    strays = () if exact else given.strays(file)
    cells = repeated(cells) if rules.once else cells
    return Sheet(given.student, path, cells, given.problems, strays, {}, file.name, rules.style)


def _cell(m: Marked) -> Cell:
    expected = m.expected
    way = None if m.state in RIGHT or m.several else of_question(m.row, m.asked, expected)
    if m.several:
        expected = _(" or ").join(map(said, expected))
    elif isinstance(expected, bool) or not isinstance(expected, (int, tuple, type(None))):
        expected = said(expected)
    return Cell(
        m.row,
        "answer",
        m.given,
        m.value,
        expected,
        m.state,
        m.credit,
        m.marks,
        m.diagnoses,
        m.caused_by,
        m.remark,
        m.work,
        solution=way,
    )


def _reader(text: str, kind: str, layout: str) -> Reading:
    from ..cells import read_cell

    found = read_cell(text, kind, layout=layout)
    if found.state == "unreadable" and not found.choices and kind in ("size", "receptive_field"):
        return read_cell(text, "shape", layout=layout)
    return found


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "x".join(map(str, value)) if isinstance(value, list) else str(value)
