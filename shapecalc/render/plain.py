"""Text for a pipe or a file: columns as wide as they need, nothing cut and nothing wrapped.

Pitfall: a column is measured in terminal cells, so a Chinese name takes two a character.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..report.grid import Document, Grid
from .look import Look
from .sheet import Lane, sheet
from .width import column

GAP = "  "


def render(documents: Sequence[Document], look: Look) -> str:
    """The documents one after another, a blank line between."""
    return "\n".join(block(document.grid(), look) for document in documents)


def block(grid: Grid, look: Look) -> str:
    """One grid: title, heading, rule, rows, the total under a rule, notes."""
    page = sheet(grid, look)
    columns = [_column(lane, page.total) for lane in page.lanes]
    lines = [GAP.join(row).rstrip() for row in zip(*(texts for _, texts in columns))]
    rule = ("-" if look.ascii else "─") * (sum(cells for cells, _ in columns) + len(GAP) * (len(columns) - 1))
    if lines:
        lines.insert(1, rule)
    if page.total:
        lines.insert(-1, rule)
    parts = [[page.title] if page.title else [], lines, page.notes]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _column(lane: Lane, total: bool) -> tuple[int, list[str]]:
    return column([lane.heading, *lane.cells, *([lane.total] if total else [])], lane.numeric)
