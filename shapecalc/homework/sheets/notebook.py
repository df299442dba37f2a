"""The answer tables in a notebook's Markdown cells, or its `name: value` lines where there is no table.

Pitfall: a template's own example table may stand above the student's; of two answers for a cell the last one counts.
"""

from __future__ import annotations

from typing import Any

from ...text import _
from ..spelling.refused import Refused
from . import lines, markdown
from .json import parsed
from .sheet import Sheet


def read(text: str) -> list[Sheet]:
    """The sheets of a notebook. Raises Refused where it is none."""
    root = parsed(text, [])
    cells = root.get("cells") if isinstance(root, dict) else None
    if not isinstance(cells, list) and isinstance(root, dict):  # the format before 2015 had worksheets
        sheets = root.get("worksheets")
        cells = (
            [c for s in sheets if isinstance(s, dict) for c in s.get("cells") or []]
            if isinstance(sheets, list)
            else None
        )
    if not isinstance(cells, list):
        raise Refused(_("it is no notebook: it has no cells"))
    texts = [
        _source(cell) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "markdown"
    ]
    found = [
        sheet._replace(rows=tuple(r._replace(line=None) for r in sheet.rows))
        for t in texts
        for sheet in markdown.read(t)
    ]
    return found or [sheet for t in texts for sheet in lines.read(t)]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
