"""Comma-separated values for spreadsheets and programs: raw integers under dotted JSON keys, no total and no notes.

Pitfall: a spreadsheet runs a text that begins with `=`, so such a text from a file gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from ..report.grid import Document
from ..symbolic import Symbolic
from .cells import shape
from .look import Look
from .safe import stripped

_RISKY = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


def render(documents: Sequence[Document], look: Look) -> str:
    """One header for all documents; where there are several, a first column `spec` tells them apart."""
    return write(documents, ",")


def write(documents: Sequence[Document], delimiter: str) -> str:
    """The rows with `delimiter` between; a column that a document does not have stays empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    grids = [document.grid() for document in documents]
    keys = list(dict.fromkeys(column.key for grid in grids for column in grid.columns))
    several = len(documents) > 1
    writer.writerow(["spec", *keys] if several else keys)
    for document, grid in zip(documents, grids):
        own = [column.key for column in grid.columns]
        places = [own.index(key) if key in own else None for key in keys]
        name = [raw(document.name)] if several else []
        for row in grid.rows:
            cells = ["" if p is None else row[p] if row[p].__class__ is int else raw(row[p]) for p in places]
            writer.writerow(name + cells)
    return out.getvalue()


def raw(value: Any) -> Any:
    """What stands in a cell: a number as it is, a shape as `28x28x6`, an unknown as nothing, a text made harmless."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return shape([v.text if isinstance(v, Symbolic) else v for v in value], "x")
    text = stripped(value.text if isinstance(value, Symbolic) else str(value))
    return f"'{text}" if text.startswith(_RISKY) else text
