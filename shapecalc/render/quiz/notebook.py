"""A worksheet as a Jupyter notebook: a table in Markdown to fill in, or cells that nbgrader marks.

Below the table is a cell for the working, and nbgrader keeps the marks there, given by hand or by `grade --gradebook
gradebook.db`. Pitfall: `nbgrader generate_assignment` empties a cell that is answered and marked, so the table cannot be
one; and a notebook with asserts is the teacher's source, with the answers between BEGIN and END, which it takes out too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from keyword import iskeyword
from typing import Any

from ...report.quiz import Blank, Quiz
from ...text import _
from ..safe import clean
from . import markdown

_VERSION = {"nbformat": 4, "nbformat_minor": 5}


def render(quizzes: Sequence[Quiz]) -> str:
    """One notebook in nbformat 4."""
    cells = [cell for number, quiz in enumerate(quizzes) for cell in _sheet(quiz, number)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, **_VERSION}, ensure_ascii=False, indent=1) + "\n"


def _sheet(quiz: Quiz, number: int) -> Iterator[dict[str, Any]]:
    heading, *rest = markdown.section(quiz)
    table = markdown.table(quiz)
    before = rest[: rest.index(table)]
    yield _cell("markdown", "\n\n".join([heading, *before]), f"sheet{number}-head")
    yield _cell("markdown", table, f"sheet{number}-table")
    after = rest[len(before) + 1 :]
    if after:
        yield _cell("markdown", "\n\n".join(after), f"sheet{number}-below")
    if quiz.asserts:
        yield from _marked(quiz, number)
    elif not quiz.filled:
        label = f"sheet{number}-marks"
        said = _("Room for your working. The marks for the table are entered here.")
        yield _cell("markdown", said, label, _nbgrader(label, True, quiz.marks, "markdown"))


def _marked(quiz: Quiz, number: int) -> Iterator[dict[str, Any]]:
    """For each row a cell to answer in, and a cell of hidden tests that gives its marks."""
    names = variables(quiz.blanks)
    for place, line in enumerate(quiz.lines):
        blanks = [cell for cell in line.cells if isinstance(cell, Blank)]
        if not blanks:
            continue
        lines = [f"{names[b.number]} = {b.value!r}" for b in blanks]
        label = f"sheet{number}-row{place}"
        asks = [f"# {clean(b.question)}" for b in blanks]
        source = "\n".join([*asks, "### BEGIN SOLUTION", *lines, "### END SOLUTION"])
        yield _cell("code", source, f"{label}-answer", _nbgrader(f"{label}-answer", True))
        tests = [_test(names[b.number], b) for b in blanks]
        source = "\n".join(["### BEGIN HIDDEN TESTS", *tests, "### END HIDDEN TESTS"])
        points = sum(b.marks for b in blanks)
        yield _cell("code", source, f"{label}-test", _nbgrader(f"{label}-test", False, points))


def _test(name: str, blank: Blank) -> str:
    shown = f"tuple({name})" if isinstance(blank.value, tuple) else name
    return f"assert {shown} == {blank.value!r}"


def variables(blanks: Sequence[Blank]) -> dict[int, str]:
    """A Python name for every blank, each once: conv1_params."""
    names: dict[int, str] = {}
    for blank in blanks:
        name = re.sub(r"\W", "_", f"{blank.row}_{blank.column}")
        name = f"_{name}" if name[0].isdigit() or iskeyword(name) else name
        while name in names.values():
            name += "_"
        names[blank.number] = name
    return names


def _nbgrader(label: str, solution: bool, points: float | None = None, kind: str = "code") -> dict[str, Any]:
    """Metadata of a cell that is answered, or that gives marks, or, with both, is marked by hand."""
    known = {
        "cell_type": kind,
        "grade": points is not None,
        "grade_id": label,
        "locked": not solution,
        "schema_version": 3,
    }
    known |= {"solution": solution, "task": False}
    return {"nbgrader": known if points is None else {**known, "points": points}}


def _cell(kind: str, source: str, label: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    cell: dict[str, Any] = {"cell_type": kind, "id": label, "metadata": metadata or {}, "source": lines}
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell
