"""A class is marked: the key says what is asked of everyone, and every sheet is marked by the same key.

Pitfall: what one student adds is never asked of another. A row or a column more is listed as not asked, and where the key
names no columns a class is asked for the output's shape and the parameters, whatever it has filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from ..quantities import COLUMNS
from ..record import Record
from ..report.grades import Grades, Sheet
from ..text import _, clauses
from .answers import AnswerRow, HandIn, Reading
from .consistent import consistent
from .conventions import sentences
from .key import Key, plain
from .marking import Diagnose, Marker, Read, Rules
from .settle import settled

DEFAULT = ("output_shape", "params")
"""The columns of a key that names none."""
FEW = 3
"""Sheets from which on a majority means something."""
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
    key: Key,
    hand_ins: Iterable[HandIn],
    rules: Rules,
    use: Tools,
    progress: Progress | None = None,
    own: bool = False,
) -> Grades:
    """Every hand-in marked, in the order of the students; `own`: a published key, which is asked what it states itself."""
    found = []
    for hand_in in hand_ins:
        mine, strays, placed = use.match(key, hand_in)
        if placed:
            text = _("taken for a row by its place: {rows}").format(rows=", ".join(placed))
            hand_in = hand_in._replace(problems=(*hand_in.problems, text))
        found.append((hand_in, resized(key, mine), strays))
    seen = Counter(name for _h, rows, _s in found for name in rows)
    filled = Counter(column for _h, rows, _s in found for column in columns_in(rows))
    rows = key.asked_rows(seen if own else ())
    alone = own or len(found) == 1
    columns = key.grading.columns or (stated(filled, own) if alone else DEFAULT)
    marker = Marker(key, rows, columns, use.read, use.diagnose, rules)
    asked = {row.name for row in rows}
    sheets: list[Sheet] = []
    total = len(found)
    found.reverse()
    while found:  # thousands of hand-ins need not be kept beside their sheets
        hand_in, mine, strays = found.pop()
        more = [
            name for name in mine if name not in asked and name not in strays and name not in key.graph.inputs
        ]
        extra = [column for column in columns_in(mine) if column not in columns and column != "answer"]
        sheets.append(consistent(marker.mark(hand_in, mine, (*strays, *more, *extra))))
        if progress:
            progress(len(sheets), total)
    sheets.sort(key=lambda sheet: (sheet.student, sheet.file))
    sheets = settled(sheets, key.grading)
    said = (
        *notes(key, columns, alone),
        *(() if alone else uneven(key, columns, asked, seen, filled, total)),
    )
    return Grades(key.name, key.conventions._asdict(), tuple(sheets), said, key.version)


def stated(filled: Collection[str], own: bool) -> tuple[str, ...]:
    """The columns of one sheet by itself: those that it fills in, and of a student's the usual ones as well.

    Weights and biases apart are the parameters.
    """
    usual = (
        () if own else tuple(c for c in DEFAULT if c != "params" or not {"weights", "biases"} <= set(filled))
    )
    return tuple(column for column in COLUMNS if column in filled or column in usual)


def columns_in(rows: Mapping[str, AnswerRow]) -> list[str]:
    """The columns in which a sheet says something, in their order."""
    return list(dict.fromkeys(c for row in rows.values() for c, text in row.cells.items() if text.strip()))


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


def notes(key: Key, columns: tuple[str, ...], alone: bool) -> tuple[str, ...]:
    """The conventions that the marks rest on, and what was asked where the key does not say it."""
    layers = {node.layer for node in key.graph.nodes}
    said = [_("Conventions: {list}.").format(list=clauses(sentences(key.conventions, columns, layers)))]
    if not key.grading.columns and columns:
        text = (
            _("Asked, as handed in: {columns}; `grading: {{columns: […]}}` in the key fixes it.")
            if alone
            else _(
                "Asked, as the key names no columns: {columns}; `grading: {{columns: […]}}` in it says otherwise."
            )
        )
        said.append(text.format(columns=", ".join(columns)))
    return tuple(said)


def uneven(
    key: Key,
    columns: tuple[str, ...],
    asked: Collection[str],
    seen: Mapping[str, int],
    filled: Mapping[str, int],
    sheets: int,
) -> Iterator[str]:
    """What most of a class have, and the key does not ask for."""
    if sheets < FEW:
        return
    more = [column for column in COLUMNS if column not in columns and 2 * filled.get(column, 0) > sheets]
    if more:
        text = _(
            "Filled in by most, and not asked: {columns}; `grading: {{columns: [{all}]}}` in the key asks for it."
        )
        yield text.format(columns=", ".join(more), all=", ".join((*columns, *more)))
    rows = [
        row.name for row in key.rows
        if row.name not in asked and row.kind != "input" and row.asked is None and 2 * seen.get(row.name, 0) > sheets
    ]  # fmt: skip
    if rows:
        text = _(
            "Listed by most, and not asked: {names}; `grading: {{rows: {{{name}: true}}}}` in the key asks for one."
        )
        yield text.format(names=", ".join(rows), name=rows[0])
