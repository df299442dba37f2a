"""Answers to single questions, as they are handed in: a table, a line each, or a file with a mapping.

Pitfall: a row with more cells than the header is an unquoted 27,000,100: it is an error of that line, and no column moves.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup

from ...errors import Source, SpecError
from ...record import Record
from ...spec.reader import read as read_tree
from ...spec.tree import Mapping, Sequence, Tree
from ...text import _
from .records import ProblemFile
from .scene import fields_of, text_of

ID = ("id", "problem", "question", "q", "题号", "题目", "layer", "name")
CELL = ("cell", "part", "column", "quantity", "小题")
ANSWER = ("answer", "value", "response", "given", "答案", "回答")
STUDENT = ("student", "student_id", "name", "sid", "user", "学号", "姓名")


class Given(Record):
    """What one student handed in: texts by (problem, cell) as they named them, and sentences about what was wrong."""

    student: str
    answers: Lookup[tuple[str, str], str]
    problems: tuple[str, ...] = ()

    def matched(self, file: ProblemFile) -> dict[tuple[str, str], str]:
        """The same by the names of the file's questions."""
        return self._sorted(file)[0]

    def strays(self, file: ProblemFile) -> tuple[str, ...]:
        """Answers that belong to no question of the file."""
        return tuple(self._sorted(file)[1])

    def _sorted(self, file: ProblemFile) -> tuple[dict[tuple[str, str], str], list[str]]:
        known: dict[str, tuple[str, str]] = {}
        for problem in file.problems:
            for q in problem.asks:
                known.setdefault(_plain(problem.id + q.cell), (problem.id, q.cell))
                known.setdefault(_plain(problem.id + q.text), (problem.id, q.cell))
            if len(problem.asks) == 1:
                known.setdefault(_plain(problem.id), (problem.id, problem.asks[0].cell))
        if len(file.problems) == 1:
            for q in file.problems[0].asks:
                known.setdefault(_plain(q.cell), (file.problems[0].id, q.cell))
        found: dict[tuple[str, str], str] = {}
        rest: list[str] = []
        for (name, cell), text in self.answers.items():
            place = known.get(_plain(name + cell)) or (
                known.get(_plain(name)) if cell.casefold() in ("", *ANSWER) else None
            )
            if place is None:
                rest.append(f"{name} {cell}".strip())
            else:
                found[place] = text
        return found, rest


def answers_in(text: str, name: str = "", student: str = "") -> tuple[Given, ...]:
    """The hand-ins of one file: CSV (`;` and tab, too), Markdown, JSON, YAML, or lines `id: answer`; a wide one has many."""
    text = text.removeprefix("\ufeff")
    who = student or re.sub(r"^.*[\\/]|\.\w+$", "", name)
    low = name.lower()
    if low.endswith((".json", ".yaml", ".yml")) or text.lstrip()[:1] in ("{", "["):
        return (_tree(text, name, who),)
    lines = [line for line in text.splitlines() if line.strip()]
    if any(line.strip().startswith("|") for line in lines):
        return _table([_cells(line) for line in lines if line.strip().startswith("|") and not re.fullmatch(r"[\s|:-]+", line)], who)  # fmt: skip
    head = lines[0] if lines else ""
    mark = next((m for m in ("\t", ";", ",") if m in head), None)
    if mark and (low.endswith((".csv", ".tsv")) or _is_header(next(csv.reader([head], delimiter=mark)))):
        return _table(list(csv.reader(io.StringIO(text), delimiter=mark, skipinitialspace=True)), who)
    return (_lines(lines, who),)


def _is_header(cells: list[str]) -> bool:
    words = {cell.strip().casefold() for cell in cells}
    return not words.isdisjoint(ID) or not words.isdisjoint(STUDENT)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _table(rows: list[list[str]], who: str) -> tuple[Given, ...]:
    """A long table (id, perhaps cell, answer), or a wide one: a row a student and a column a question."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return (Given(who, {}, (_("there is nothing in it"),)),)
    head = [cell.strip() for cell in rows[0]]
    low = [cell.casefold() for cell in head]
    answer = next((low.index(w) for w in ANSWER if w in low), None)
    place = next((low.index(w) for w in ID if w in low), None)
    cell = next((low.index(w) for w in CELL if w in low), None)
    pupil = next((i for i, w in enumerate(low) if w in STUDENT and i != place), None)
    sheets: dict[str, tuple[dict[tuple[str, str], str], list[str]]] = {}
    long = answer is not None and place is not None
    if (
        not long
        and (pupil is not None or place == 0)
        and len(head) > 1
        and not (place is not None and low[place] in ID[:4])
    ):
        pupil = pupil if pupil is not None else place
    for number, row in enumerate(rows[1:], 2):
        student = row[pupil].strip() if pupil is not None and pupil < len(row) else who
        answers, said = sheets.setdefault(student, ({}, []))
        if len(row) > len(head) and any(extra.strip() for extra in row[len(head) :]):
            said.append(_("line {n} has more cells than the header; a number such as 27,000,100 needs quotes").format(n=number))  # fmt: skip
            continue
        row = [*row, *[""] * (len(head) - len(row))]
        if long and answer is not None and place is not None:
            part = row[cell].strip() if cell is not None else ""
            answers[row[place].strip(), part] = row[answer]
        elif place is not None and pupil is None:  # id, and a column a cell
            for i, column in enumerate(head):
                if i != place and row[i].strip():
                    answers[row[place].strip(), column] = row[i]
        else:
            for i, column in enumerate(head):
                if i != pupil:
                    answers[column, ""] = row[i]
    return tuple(Given(student, answers, tuple(said)) for student, (answers, said) in sheets.items())


def _lines(lines: list[str], who: str) -> Given:
    answers: dict[tuple[str, str], str] = {}
    said = []
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            continue
        match = re.fullmatch(r"\s*(?:[-*]\s+)?([^=：]+?)\s*(?::\s|：|=)\s*(.*)", line) or re.fullmatch(
            r"\s*(\S+)\s+(.+)", line
        )
        if match:
            answers[match[1].strip(), ""] = match[2].strip()
        else:
            said.append(_("line {n} is no answer: {text}").format(n=number, text=line.strip()))
    return Given(who, answers, tuple(said))


def _tree(text: str, name: str, who: str) -> Given:
    """{id: answer}, {id: {cell: answer}}, or a list of {id, cell, answer}."""
    try:
        root, found = read_tree(Source(name, text))
    except SpecError as error:
        return Given(who, {}, tuple(d.message for d in error.diagnostics))
    said = fields_of(root)
    if isinstance(said.get("answers"), (Mapping, Sequence)):
        who = text_of(said.get("student")) or who
        root = said["answers"]
    return Given(who, dict(_pairs(root)), tuple(d.message for d in found))


def _pairs(root: Tree) -> Iterator[tuple[tuple[str, str], str]]:
    if isinstance(root, Sequence):
        for item in root.items:
            low = {key.casefold(): text_of(v) for key, v in fields_of(item).items()}
            if low:
                student, part, value = (
                    next((low[w] for w in words if w in low), "") for words in (ID, CELL, ANSWER)
                )
                yield (student, part), _said(value)
        return
    for key, item in fields_of(root).items():
        if isinstance(item, Mapping):
            for cell, inner in fields_of(item).items():
                yield (key, cell), _said(text_of(inner))
        else:
            yield (key, ""), _said(text_of(item))


def _said(text: str) -> str:
    return {"true": "yes", "false": "no"}.get(text, text)


def _plain(text: str) -> str:
    return re.sub(r"[^\w]|_", "", text.casefold())
