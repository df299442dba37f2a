"""A table for a README, an issue or a chat, as GitHub reads it.

Pitfall: `|` ends a cell even inside quotes, and `*`, `<` or a backtick in a name would be read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..report.grid import Document, Grid
from .look import Look
from .sheet import Lane, sheet
from .width import column

_MARKUP = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])")
_LEADING = re.compile(r"^(\s*\d*)([-+#=>.)])")


def render(documents: Sequence[Document], look: Look) -> str:
    """The documents one after another, a blank line between."""
    return "\n".join(block(document.grid(), look) for document in documents)


def block(grid: Grid, look: Look) -> str:
    """One grid, lined up so that it is readable as text too; `-:` sets numbers flush right."""
    page = sheet(grid, look, escape)
    columns = [_column(lane, page.total) for lane in page.lanes]
    table = [f"| {' | '.join(row)} |" for row in zip(*columns)]
    parts = [f"**{page.title}**" if page.title else "", "\n".join(table), *map(_paragraph, page.notes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """`text` so that it is read as text."""
    return _MARKUP.sub(r"\\\g<0>", text).replace("&", "&amp;").replace("<", "&lt;")


def _column(lane: Lane, total: bool) -> list[str]:
    bottom = [f"**{lane.total}**" if lane.total else ""] if total else []
    cells, texts = column([lane.heading, "---", *lane.cells, *bottom], lane.numeric)
    texts[1] = "-" * (cells - 1) + (":" if lane.numeric else "-")
    return texts


def _paragraph(note: str) -> str:
    return _LEADING.sub(r"\1\\\2", note)
