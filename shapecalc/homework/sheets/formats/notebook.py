"""A notebook's answers: the tables of its Markdown cells, the values that its code names, the tables that it printed.

The first of these that there are count; else its `name: value` lines. Pitfall: a template's own example table may stand
above the student's; of two answers for a cell the last one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ....text import _
from ...spelling.refused import Refused
from ..columns import Names
from ..format import Format
from ..sheet import Sheet, merged
from . import html, lines, literals, markdown, printed
from .json import parsed

MAX_CELLS = 5_000


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of a notebook. Raises Refused where it is none."""
    root = parsed(text, [])
    cells = root.get("cells") if isinstance(root, dict) else None
    if not isinstance(cells, list) and isinstance(root, dict):  # the format before 2015 had worksheets
        old = root.get("worksheets")
        cells = (
            [c for s in old if isinstance(s, dict) for c in s.get("cells") or []]
            if isinstance(old, list)
            else None
        )
    if not isinstance(cells, list):
        raise Refused(_("it is no notebook: it has no cells"))
    cells = [cell for cell in cells[:MAX_CELLS] if isinstance(cell, dict)]
    texts = [_text(cell.get("source", "")) for cell in cells if cell.get("cell_type") == "markdown"]
    code = [
        _text(cell.get("source", cell.get("input", ""))) for cell in cells if cell.get("cell_type") == "code"
    ]
    outputs = [output for cell in cells for output in _outputs(cell)]
    return (
        _all(markdown.read, texts, names)
        or _all(printed.read, texts, names)
        or _all(literals.read, ["\n".join(code)] if len(code) < 2 else code, names)
        or _all(html.tables_of, [text for text in outputs if "<table" in text], names)
        or _all(printed.read, outputs, names)
        or _all(markdown.read, outputs, names)
        or _all(lines.read, texts, names)
        or _all(lines.read, outputs, names)
    )


def _all(read: Callable[[str, Names], list[Sheet]], texts: list[str], names: Names) -> list[Sheet]:
    """The sheets of all texts, without the lines they stood in, which a notebook does not show."""
    found = [sheet for text in texts for sheet in read(text, names)]
    return merged(
        [
            sheet._replace(rows=tuple(row._replace(line=None) for row in sheet.rows))
            for sheet in found
            if sheet.rows
        ]
    )


def _outputs(cell: dict[str, Any]) -> Iterator[str]:
    """The texts that a cell printed or displayed."""
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict) or output.get("output_type") == "error":
            continue
        data = output.get("data")
        shown = data if isinstance(data, dict) else {}
        yield _text(output.get("text", "")) or _text(shown.get("text/html", shown.get("text/plain", "")))


def _text(source: Any) -> str:
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


FORMAT = Format((".ipynb",), read, turn=1, starts=("{",), alone=True)
