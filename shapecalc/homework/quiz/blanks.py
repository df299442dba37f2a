"""Which cells are asked: those a teacher names (columns, rows, cells), or a share of all, drawn by a seed.

Pitfall: an answer must not stand next to its question. A ReLU has its convolution's shape, so their blanks go
together; and a padding can only be asked where the output shape is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ...errors import UsageError, nearest
from ...quantities import INVERSE, LABELS
from ...record import Record
from ...report.quiz import Value
from ...report.table import Row
from ...spec.promises import MEANT
from ...text import _
from ..question import TOTAL
from .lot import Lot

Cell = tuple[str, str]
"""A row's name and a column."""
_SAME_VALUE = ("output_shape", "activations", "memory", "receptive_field")
_LINKED = (("activations", "memory"), ("macs", "flops"))
"""Columns of which one gives the other away."""


class Sheet(Record):
    """The whole sheet with nothing blank: rows in order, columns, and every cell that has a value.

    `readers` are the rows that read from a row, by its name.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    values: Mapping[Cell, Value]
    inputs: tuple[str, ...]
    readers: Mapping[str, Sequence[Row]]

    def after(self, cell: Cell) -> Iterable[Cell]:
        """Cells of later rows that show the same value only because their layer passes it on."""
        name, column = cell
        if column in _SAME_VALUE:
            for row in self.readers.get(name, ()):
                other = (row.name, column)
                if _passes(row, column) and self._same(cell, other):
                    yield other

    def beside(self, cell: Cell) -> Iterable[Cell]:
        """Cells of the same row that give this one away."""
        name, column = cell
        return ((name, b if column == a else a) for a, b in _LINKED if column in (a, b))

    def _same(self, cell: Cell, other: Cell) -> bool:
        return cell in self.values and self.values[cell] == self.values.get(other)


def _passes(row: Row, column: str) -> bool:
    """Whether a row's value is its input's by the kind of its layer, and not by chance."""
    layer: Any = row.costs
    same = row.output_shape in row.input_shapes and not row.macs and not getattr(layer, "windows", ())
    return same or (layer.view and column in ("activations", "memory"))


def named(sheet: Sheet, listed: str) -> tuple[list[Cell], bool]:
    """The cells of `params,conv2.output_shape,fc1`, and whether all of them were named one by one.

    Raises UsageError for a name that is none, and for cells that cannot be asked.
    """
    words = [word.strip() for word in listed.split(",") if word.strip()]
    if not words:
        raise UsageError(_("--blank names no cell"), "--blank params,conv2.output_shape,fc1")
    found = dict.fromkeys(cell for word in words for cell in _cells(sheet, word))
    whole = all("." in word and _column(word.rpartition(".")[2]) for word in words)
    _check(found)
    return list(found), whole


def _cells(sheet: Sheet, word: str) -> list[Cell]:
    """What one word of the list stands for."""
    column = _column(word)
    if column and not any(row.name == word for row in sheet.rows):
        return _askable(sheet, [(row.name, column) for row in sheet.rows], word)
    rows = _rows(sheet, word)
    if rows:
        plain = [c for c in sheet.columns if c not in INVERSE]
        return _askable(sheet, [(name, c) for name in rows for c in plain], word)
    head, _dot, tail = word.rpartition(".")
    column, rows = _column(tail), _rows(sheet, head) if head else []
    if column and rows:
        return _askable(sheet, [(name, column) for name in rows], word)
    if head in sheet.inputs or word in sheet.inputs:
        message = _("{word} cannot be blank: the input is where the sheet begins").format(word=word)
        raise UsageError(message, _("name a layer, or a column"))
    if head and rows:
        near, known = nearest(tail, list(LABELS)), " ".join(LABELS)
    else:
        near, known = nearest(word, [*LABELS, *(row.name for row in sheet.rows)]), " ".join(LABELS)
    help = _("did you mean {word}?").format(word=near) if near else _("rows, and the columns {names}")
    raise UsageError(
        _("there is no row and no column {name} to blank").format(name=word), help.format(names=known)
    )


def _askable(sheet: Sheet, cells: list[Cell], word: str) -> list[Cell]:
    """Those that have a value; raises UsageError where none has."""
    found = [cell for cell in cells if cell in sheet.values]
    if not found:
        message = _("{word} has no number to ask for").format(word=word)
        raise UsageError(
            message, _("a layer without a window has no padding, and a flatten no receptive field")
        )
    return found


def _column(word: str) -> str | None:
    """The column of this name, by other words too: `shape`, 参数."""
    lower = word.lower().replace(" ", "_")
    known = lower if lower in LABELS else MEANT.get(lower)
    return known if known in LABELS else None


def columns_named(listed: str) -> tuple[str, ...]:
    """The columns of a list, `params,macs` or all; raises UsageError for one that a sheet does not have."""
    found: list[str] = []
    for word in (word.strip() for word in listed.split(",") if word.strip()):
        column = _column(word)
        if column is None and word != "all":
            near = nearest(word, list(LABELS))
            help = _("did you mean {word}?") if near else _("there are {names}")
            message = _("an answer sheet has no column {key}").format(key=word)
            raise UsageError(message, help.format(word=near, names=" ".join(LABELS)))
        found += [column] if column else LABELS
    return tuple(dict.fromkeys(found))


def column_names(listed: str) -> list[str]:
    """The columns that a list of --blank names, alone or of a row."""
    words = (word.strip() for word in listed.split(","))
    return [c for word in words for c in [_column(word) or _column(word.rpartition(".")[2])] if c]


def _rows(sheet: Sheet, word: str) -> list[str]:
    """The row of this name, all rows under it where it is a block's, or the one that differs by case and signs."""
    names = [row.name for row in sheet.rows]
    if word in names or word == TOTAL:
        return [word]
    under = [name for name in names if name.startswith(f"{word}.")]
    if under:
        return under
    alike = [name for name in names if _plain(name) == _plain(word)]
    return alike if _plain(word) else []


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _check(cells: Iterable[Cell]) -> None:
    """Refuse a padding or a stride that is asked beside the shape it is worked out from."""
    found = set(cells)
    for name, column in found:
        others = [c for c in ("output_shape", *INVERSE) if c != column and (name, c) in found]
        if column in INVERSE and others:
            message = _(
                "{column} and {other} of {row} cannot both be blank: one is worked out from the other"
            )
            message = message.format(column=_(LABELS[column]), other=_(LABELS[others[0]]), row=name)
            raise UsageError(message, f"--blank {name}.{column}")


def closed(sheet: Sheet, cells: Iterable[Cell]) -> list[Cell]:
    """The cells, and those after them that would give them away; in the order of the sheet."""
    found, waiting = set[Cell](), list(cells)
    while waiting:
        cell = waiting.pop()
        if cell not in found:
            found.add(cell)
            waiting += sheet.after(cell)
    return in_order(sheet, found)


def in_order(sheet: Sheet, cells: Iterable[Cell]) -> list[Cell]:
    """Cells row by row."""
    found = set(cells)
    names = [*(row.name for row in sheet.rows), TOTAL]
    return [(name, c) for name in names for c in sheet.columns if (name, c) in found]


def drawn(sheet: Sheet, cells: Sequence[Cell], rate: float, seed: int) -> list[Cell]:
    """About `rate` of the cells, at least one, every column as often; what gives each other away is drawn together.

    Zeros and shapes that a layer only passes on come up a quarter as often as cells that want work.
    """
    groups, rows = _groups(sheet, cells), {row.name: row for row in sheet.rows}
    weights = [1.0 if any(_lively(sheet, rows, cell) for cell in group) else 0.25 for group in groups]
    wanted, found = rate * len(cells), set[Cell]()
    for group in _in_turn(sheet, Lot("blanks", seed).order(groups, weights)):
        over = len(found) + len(group) - wanted
        if found and over > wanted - len(found):  # further away than without it
            continue
        if not any(_clashes(cell, found) for cell in group):
            found |= group
    return in_order(sheet, found)


def _in_turn(sheet: Sheet, groups: Iterable[set[Cell]]) -> Iterator[set[Cell]]:
    """Groups in their order, one of each column after the other."""
    listed = list(groups)
    queues = [[g for g in listed if any(c == column for _row, c in g)] for column in sheet.columns]
    seen = set[int]()
    for turn in zip_longest(*queues):
        for group in turn:
            if group is not None and id(group) not in seen:
                seen.add(id(group))
                yield group


def _groups(sheet: Sheet, cells: Sequence[Cell]) -> list[set[Cell]]:
    """The cells in sets that go together, in the order of their first."""
    wanted, home = set(cells), dict[Cell, set[Cell]]()
    for cell in cells:
        near = {cell, *sheet.after(cell), *sheet.beside(cell)} & wanted
        joined = set[Cell]().union(near, *(home[c] for c in near if c in home))
        home.update(dict.fromkeys(joined, joined))
    return list({id(group): group for cell in cells for group in [home[cell]]}.values())


def _lively(sheet: Sheet, rows: Mapping[str, Row], cell: Cell) -> bool:
    """Whether there is something to work out."""
    if sheet.values[cell] == 0:
        return False
    row = rows.get(cell[0])
    return row is None or not _passes(row, cell[1])


def _clashes(cell: Cell, found: set[Cell]) -> bool:
    """Whether one of the two cannot be asked beside the other."""
    name, column = cell
    inverse = [c for c in INVERSE if c != column]
    against = inverse if column == "output_shape" else ["output_shape", *inverse] if column in INVERSE else []
    return any((name, c) in found for c in against)
