"""A rectangle of cells with headings, a total and footnotes: all that a renderer needs to know of any answer.

Pitfall: cells are raw values (integers, shapes, text, None for unknown); thousands separators and units are put on by
the renderer, so that csv and a LaTeX table come from the same grid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..record import Record

Cell = Any


class Column(Record):
    """`key` is the dotted JSON path; `kind` is one of text, count, shape, share, bytes, ratio, or formula."""

    key: str
    label: str
    kind: str = "text"


class Grid(Record):
    """`rows` and `total` have one cell a column; `title` and `notes` are lines above and below."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()


if TYPE_CHECKING:
    from typing import Protocol

    class Document(Protocol):
        """The answer of a command: a grid for people, plain data for programs."""

        @property
        def name(self) -> str: ...

        def grid(self) -> Grid:
            """The printed table, columns already chosen."""
            ...

        def data(self) -> Mapping[str, Any]:
            """The JSON document of outputs, without its `schema` key."""
            ...

        def records(self) -> list[Mapping[str, Any]]:
            """The rows of the JSON document, for jsonl."""
            ...

else:
    Document = object
