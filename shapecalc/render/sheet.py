"""A grid as texts: every cell in words, clean and escaped, so that a format has only to lay them out.

Pitfall: a column is turned as a whole, because one call for each of 80,000 cells can be felt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..record import Record
from ..report.grid import Cell, Grid
from ..symbolic import has_letters
from ..text import _
from .cells import NUMERIC, cell, percent, shape
from .look import Look
from .safe import ascii_only, clean


class Lane(Record):
    """A column in words: its heading, its cells, its total (empty where there is none)."""

    heading: str
    kind: str
    cells: list[str]
    total: str

    @property
    def numeric(self) -> bool:
        """Whether it is set flush right."""
        return self.kind in NUMERIC


class Sheet(Record):
    """A grid in words; `total` tells whether it has a total row."""

    title: str
    lanes: list[Lane]
    total: bool
    notes: list[str]


def sheet(
    grid: Grid,
    look: Look,
    escape: Callable[[str], str] | None = None,
    formula: Callable[[Any], str] | None = None,
) -> Sheet:
    """All texts of `grid`: cleaned, then escaped for a markup language; `formula` sets a Formula in its own way."""

    def safe(text: str) -> str:
        text = ascii_only(clean(text)) if look.ascii else clean(text)
        return escape(text) if escape else text

    def finish(texts: list[str]) -> list[str]:
        joined = "".join(texts)
        return texts if safe(joined) == joined else [safe(t) for t in texts]

    lanes = []
    columns: Iterable[tuple[Cell, ...]] = zip(*grid.rows) if grid.rows else [()] * len(grid.columns)
    totals = grid.total or ("",) * len(grid.columns)
    for column, values, total in zip(grid.columns, columns, totals):
        kind = column.kind
        if formula and (kind == "formula" or any(map(has_letters, values))):
            cells = [
                formula(v) if hasattr(v, "show") or has_letters(v) else safe(cell(v, kind, look.units))
                for v in values
            ]
        else:
            cells = finish(_texts(values, kind, look.units))
        last = "" if total is None and kind not in ("count", "bytes") else cell(total, kind, look.units)
        last = formula(total) if formula and has_letters(total) else safe(last)
        lanes.append(Lane(safe(_(column.label)) if column.label else "", kind, cells, last))
    return Sheet(safe(grid.title), lanes, grid.total is not None, [safe(note) for note in grid.notes])


def _texts(values: Iterable[Cell], kind: str, units: str) -> list[str]:
    """`cell` of a whole column, with short ways for the common types: 10,000 rows should not be waited for."""
    if kind == "count" and units == "exact":
        return [f"{v:,}" if v.__class__ is int else cell(v, kind) for v in values]
    if kind == "text":
        return [v if v.__class__ is str else cell(v, kind) for v in values]
    if kind == "share":
        return [percent(v) if v.__class__ is float else cell(v, kind) for v in values]
    return [shape(v) if v.__class__ is tuple else cell(v, kind, units) for v in values]
