"""The table on a terminal: in colour, as wide as it needs, and where that is too wide, laid out so that no digit is lost.

Pitfall: rich cuts a number with `…` when a row does not fit, so `bands` chooses columns that fit before rich sees them;
and rich takes a millisecond a row, so a very long table is printed plain.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from io import StringIO

from rich.box import Box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from ..report.grid import Document, Grid
from . import plain
from .bands import bands, folds, least, narrowest
from .look import Look
from .sheet import Lane, sheet

LONG = 500
# two rules, under the heading and over the total, as in a book
_RULES = "    \n    \n ── \n    \n    \n ── \n    \n    \n"


def render(documents: Sequence[Document], look: Look) -> str:
    """The documents one after another, a blank line between."""
    return "\n".join(block(document.grid(), look) for document in documents)


def block(grid: Grid, look: Look) -> str:
    """One grid: title, the table or the bands of it, notes."""
    if len(grid.rows) > LONG:
        return plain.block(grid, look)
    room = look.width or shutil.get_terminal_size().columns
    page = sheet(grid, look)
    parts = bands(page.lanes, grid, room, look.ascii) if page.lanes else []
    console = _console(max([room, *map(least, parts)]), look.color)
    blocks: list[list[RenderableType]] = [[_table(lanes, page.total, look.ascii)] for lanes in parts]
    if page.title:
        blocks.insert(0, [Text(page.title, style="bold")])
    blocks.append([Text(note, style="dim") for note in page.notes])
    texts = []
    for items in filter(None, blocks):
        with console.capture() as capture:
            console.print(*items, sep="\n")
        texts.append("".join(line.rstrip() + "\n" for line in capture.get().splitlines()))
    return "\n".join(texts)


def _console(width: int, color: bool) -> Console:
    return Console(
        file=StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _table(lanes: Sequence[Lane], total: bool, ascii: bool) -> Table:
    rules = Box(_RULES.replace("─", "-") if ascii else _RULES, ascii=ascii)
    table = Table(box=rules, border_style="dim", show_footer=total, show_edge=False, pad_edge=False)
    table.padding = (0, 1, 0, 0)
    for i, lane in enumerate(lanes):
        table.add_column(
            Text(lane.heading),
            Text(lane.total),
            header_style="bold",
            footer_style="bold",
            style="cyan" if i == 0 else "",
            justify="right" if lane.numeric else "left",
            no_wrap=not folds(lane),
            overflow="fold",
            min_width=narrowest(lane),
        )
    for row in zip(*(lane.cells for lane in lanes)):
        table.add_row(*(_text(text, lane.kind) for text, lane in zip(row, lanes)))
    return table


def _text(cell: str, kind: str) -> Text:
    text = Text(cell)
    if kind == "share":
        text.highlight_regex("[▁-▏#]+", "blue")
    return text
