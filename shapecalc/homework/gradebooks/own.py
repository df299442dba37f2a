"""Our own gradebook a second time: the lines of this run's students are written anew, and all others keep every byte.

Pitfall: a corrected key may ask for other cells. A column that is new stands behind the others, and one that is no longer
asked keeps what it holds.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from ...text import _
from . import Change, Filled
from .sheet import Edit, Field, Table, parse, written
from .written import is_word, value

ID, SCORE = 0, 1


def refilled(old: str, new: str, unread: Collection[str]) -> Filled:
    """The gradebook `old` with the lines of `new`, a whole gradebook of this run's students.

    A student of `unread` keeps his line, and so does one with a word in place of a score.
    """
    before, after = parse(old), parse(new)
    columns = (*before.header, *(name for name in after.header if name not in before.header))
    more = before.delimiter * (len(columns) - len(before.header))
    end = "\r\n" if "\r\n" in old[: before.rows[0][-1].end + 2] else "\n"
    lines = {after.value(row, ID): row for row in range(1, len(after.rows))}
    notes, changes, rows = list[str](), list[Change](), list[tuple[str, str]]()
    for row in range(1, len(before.rows)):
        student, score = before.value(row, ID), before.value(row, SCORE)
        line = lines.pop(student, None)
        kept = _raw(old, before.rows[row]) + more
        if line is None or student in unread:
            rows.append((student, kept))
        elif is_word(score):
            rows.append((student, kept))
            text = _("{name} has {word} in place of a mark, and keeps it")
            notes.append(text.format(name=student, word=score))
        else:
            rows.append((student, _line(columns, before, row, after, line)))
            if value(score) != value(after.value(line, SCORE)):
                changes.append(Change(student, score, after.value(line, SCORE)))
    ids = [student for student, _text in rows]
    rows += [(student, _line(columns, before, None, after, line)) for student, line in lines.items()]
    changes += [Change(student, "", after.value(line, SCORE)) for student, line in lines.items()]
    if all(a <= b for a, b in pairwise(ids)):
        rows.sort(key=lambda row: row[0])
    head = old[: before.rows[0][-1].end] + "".join(
        before.delimiter + written(Edit(Field("", 0, 0, False), name))
        for name in columns[len(before.header) :]
    )
    text = end.join([head, *(text for _student, text in rows)]) + end
    return Filled(text, tuple(notes), tuple(changes))


def _raw(text: str, row: tuple[Field, ...]) -> str:
    return text[row[0].start : row[-1].end]


def _line(columns: tuple[str, ...], before: Table, row: int | None, after: Table, line: int) -> str:
    """A student's line: this run's cells, and those of columns that it does not know as they were."""
    known = {name: i for i, name in enumerate(after.header)}
    cells = []
    for place, name in enumerate(columns):
        if name in known:
            field = after.rows[line][known[name]]
        elif row is not None and place < len(before.rows[row]):
            field = before.rows[row][place]
        else:
            field = Field("", 0, 0, False)
        cells.append(written(Edit(field, field.value)))
    return before.delimiter.join(cells)
