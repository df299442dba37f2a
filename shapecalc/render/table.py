"""The table on a terminal: in colour, and where it is too wide, laid out so that no digit is lost.

Pitfall: rich's own tables cut a number with `…` when a row does not fit, and take a millisecond a row; so `bands`
decides what stands where, and rich folds the texts and draws the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from ..report.grid import Document, Grid
from .bands import GAP, Band, bands, span
from .look import Look
from .sheet import sheet
from .terminal import console as console_for
from .width import pad, width


def render(documents: Sequence[Document], look: Look) -> str:
    """The documents one after another, a blank line between."""
    console = console_for(look)
    with console.capture() as capture:
        parts = [part for document in documents for part in _parts(document.grid(), console, look)]
        for i, lines in enumerate(parts):
            console.print(*[""] * (i > 0), *lines, sep="\n", soft_wrap=True)
    return capture.get()


def _parts(grid: Grid, console: Console, look: Look) -> Iterator[list[Text]]:
    """The parts of one answer with blank lines between: title, the table or the bands of it, notes."""
    page = sheet(grid, look)
    if page.title:
        yield _folded(page.title, console.width, console, "bold")
    for band in bands(page.lanes, grid, console.width, look.ascii) if page.lanes else ():
        yield list(_table(band, page.total, console, "-" if look.ascii else "─"))
    if page.notes:
        yield [line for note in page.notes for line in _folded(note, console.width, console, "dim")]


def _table(band: Band, total: bool, console: Console, rule: str) -> Iterator[Text]:
    """The lines of one table."""
    yield from _row([lane.heading for lane, _ in band], band, console, "bold")
    yield Text(rule * span(band), "dim")
    for texts in zip(*(lane.cells for lane, _ in band)):
        yield from _row(texts, band, console)
    if total:
        yield Text(rule * span(band), "dim")
        yield from _row([lane.total for lane, _ in band], band, console, "bold")


def _row(texts: Sequence[str], band: Band, console: Console, style: str = "") -> Iterator[Text]:
    """A row's line, or lines where a text is folded; its name and its bars in colour."""
    columns = [
        [text] if width(text) <= cells else [line.plain for line in _folded(text, cells, console)]
        for text, (_, cells) in zip(texts, band)
    ]
    for pieces in zip_longest(*columns, fillvalue=""):
        cells = [pad(piece, cells, lane.numeric) for piece, (lane, cells) in zip(pieces, band)]
        line = Text((" " * GAP).join(cells).rstrip(), style)
        start = 0
        for i, (cell, (lane, _)) in enumerate(zip(cells, band)):
            if lane.kind == "share":
                line.stylize("blue", start, start + cell.rfind(" ") + 1)
            elif i == 0 and not style:
                line.stylize("cyan", start, start + len(cell))
            start += len(cell) + GAP
        yield line


def _folded(text: str, cells: int, console: Console, style: str = "") -> list[Text]:
    """The lines of a text that is too long, broken at blanks, and where there are none, anywhere."""
    lines = Text(text, style).wrap(console, cells, overflow="fold")
    for line in lines:
        line.rstrip()
    return list(lines)
