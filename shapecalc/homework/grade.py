"""A class is marked: what is asked of everyone is found first, then every sheet is marked by the same key.

Pitfall: with no columns in the key, what is asked is the union over the class, so a sheet's own omissions never decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ..record import Record
from ..report.grades import Grades, Sheet
from ..text import _
from .answers import AnswerRow, HandIn, Reading
from .consistent import consistent
from .conventions import sentences
from .key import Key, KeyRow, columns_of, plain
from .marking import Diagnose, Marker, Read, Rules

FEW = 3
"""Sheets from which on a minority means something."""
Progress = Callable[[int, int], None]


class Tools(Record):
    """What marking needs of others: a reader of cells, a matcher of rows, and a namer of slips."""

    read: Read
    match: Callable[[Key, HandIn], tuple[Mapping[str, AnswerRow], Sequence[str], Sequence[str]]]
    diagnose: Diagnose | None = None


def tools(key: Key) -> Tools:
    """The package's own."""
    from .cells import KINDS, read_cell
    from .matched import matched
    from .slips import diagnose

    used = key.conventions

    def read(text: str, column: str) -> Reading:
        return read_cell(text, KINDS[column], layout=used.layout, batch=used.batch > 1, per=used.padding)

    return Tools(read, matched, diagnose)


def grade(
    key: Key, hand_ins: Iterable[HandIn], rules: Rules, use: Tools, progress: Progress | None = None
) -> Grades:
    """Every hand-in marked, in the order of the students."""
    found = []
    for hand_in in hand_ins:
        own, strays, placed = use.match(key, hand_in)
        if placed:
            text = _("taken for a row by its place: {rows}").format(rows=", ".join(placed))
            hand_in = hand_in._replace(problems=(*hand_in.problems, text))
        found.append((hand_in, resized(key, own), strays))
    seen = Counter(name for _h, rows, _s in found for name in rows)
    filled = Counter(c for _h, by, _s in found for c in {c for row in by.values() for c in row.cells})
    rows, columns = key.asked_rows(seen), columns_of(key, filled)
    marker = Marker(key, rows, columns, use.read, use.diagnose, rules)
    asked = {row.name for row in rows}
    sheets: list[Sheet] = []
    for hand_in, own, strays in found:
        more = [
            name for name in own if name not in asked and name not in strays and name not in key.graph.inputs
        ]
        sheets.append(consistent(marker.mark(hand_in, own, (*strays, *more))))
        if progress:
            progress(len(sheets), len(found))
    sheets.sort(key=lambda sheet: (sheet.student, sheet.file))
    said = (*notes(key, columns), *few(key, marker.asked, columns, seen, filled, len(found)))
    return Grades(key.name, key.conventions._asdict(), tuple(sheets), said, key.version)


def rows_of(answers: Mapping[str, Mapping[str, object]]) -> tuple[AnswerRow, ...]:
    """Rows of plain values, as a program has them: numbers, tuples, text."""
    return tuple(
        AnswerRow(name, {column: written(value) for column, value in cells.items()})
        for name, cells in answers.items()
    )


def written(value: object) -> str:
    """A value as the text of a cell; None is no answer."""
    if isinstance(value, (tuple, list)):
        return f"({', '.join(map(str, value))})"
    return "" if value is None else str(value)


def one(hand_ins: Sequence[HandIn]) -> tuple[HandIn, ...]:
    """Several files of one student as one hand-in; where two files answer the same cell, the first one counts."""
    if len(hand_ins) < 2:
        return tuple(hand_ins)
    rows: dict[str, AnswerRow] = {}
    for row in (row for hand_in in hand_ins for row in hand_in.rows):
        place = plain(row.name)
        if place in rows:
            filled = {column: text for column, text in rows[place].cells.items() if text.strip()}
            row = rows[place]._replace(cells={**rows[place].cells, **row.cells, **filled})
        rows[place] = row
    files = ", ".join(hand_in.file for hand_in in hand_ins)
    problems = tuple(problem for hand_in in hand_ins for problem in hand_in.problems)
    return (hand_ins[0]._replace(file=files, rows=tuple(rows.values()), problems=problems),)


def resized(key: Key, rows: Mapping[str, AnswerRow]) -> Mapping[str, AnswerRow]:
    """The rows with the column "size" under what the key says a size is: values, a shape, or bytes."""
    column = {"shape": "output_shape", "bytes": "memory"}.get(key.conventions.size)
    if column is None:
        return rows
    return {
        name: row._replace(cells={**{c: text for c, text in row.cells.items() if c != "activations"}, column: row.cells["activations"]})
        if "activations" in row.cells and column not in row.cells else row
        for name, row in rows.items()
    }  # fmt: skip


def notes(key: Key, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The conventions that the marks rest on, and what was asked where the key does not say it."""
    layers = {node.layer for node in key.graph.nodes}
    said = [_("Conventions: {list}.").format(list="; ".join(sentences(key.conventions, columns, layers)))]
    if not key.grading.columns and columns:
        text = _("Asked, as handed in: {columns}; `grading: {{columns: […]}}` in the key fixes it.")
        said.append(text.format(columns=", ".join(columns)))
    return tuple(said)


def few(
    key: Key,
    rows: Sequence[KeyRow],
    columns: tuple[str, ...],
    seen: Mapping[str, int],
    filled: Mapping[str, int],
    sheets: int,
) -> Iterator[str]:
    """Rows and columns that all are asked for since a few sheets have them: a key that names its own is fairer."""
    if sheets < FEW:
        return
    odd = [row.name for row in rows if row.quiet and row.asked is None and 2 * seen.get(row.name, 0) < sheets]
    if odd:
        text = _(
            "Asked of all, and listed by few: {names}; `grading: {{rows: {{{name}: false}}}}` in the key leaves one out."
        )
        yield text.format(names=", ".join(odd), name=odd[0])
    rare = [] if key.grading.columns else [c for c in columns if 2 * filled.get(c, 0) < sheets]
    if rare:
        yield _("Asked of all, and filled in by few: {names}.").format(names=", ".join(rare))
