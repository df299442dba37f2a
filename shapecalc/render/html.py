"""A page that can be opened or mailed: one file without scripts, readable in light and dark and on paper.

Pitfall: a name may hold `<script>`; everything from a file is escaped, in texts and in the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..report.grid import Document, Grid
from .look import Look
from .safe import clean
from .sheet import Lane, sheet

_STYLE = """\
:root { color-scheme: light dark }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1.5rem 0 .75rem }
caption { font-size: 1.2rem; font-weight: 600; padding-bottom: .5rem; text-align: left }
th, td { padding: .2rem .8rem; text-align: left; white-space: nowrap }
.n { text-align: right }
thead { border-bottom: 1.5px solid }
tbody tr:nth-child(even) { background: #8881 }
tfoot { border-top: 1.5px solid; font-weight: 600 }
p { font-size: .85rem; margin: .2rem 0; opacity: .75 }"""


def render(documents: Sequence[Document], look: Look) -> str:
    """One page for all documents."""
    title = ", ".join(escape(clean(document.name)) for document in documents)
    head = f"<title>{title or 'shapecalc'}</title>\n<style>\n{_STYLE}\n</style>\n"
    sections = [block(document.grid(), look) for document in documents]
    return '<!doctype html>\n<meta charset="utf-8">\n' + "\n".join([head, *sections])


def fragment(document: Document, look: Look) -> str:
    """One document to be put into a page, such as a notebook: it brings its own style and changes no other's."""
    rules = "\n".join(f".shapecalc :is({rule.replace(' {', ') {', 1)}" for rule in _STYLE.splitlines()[2:])
    style = f"<style>\n{rules}\n</style>"
    return f'<div class="shapecalc">\n{style}\n{block(document.grid(), look)}</div>\n'


def block(grid: Grid, look: Look) -> str:
    """One grid as a table with its caption and notes."""
    page = sheet(grid, look, escape)
    lines = ["<table>"]
    if page.title:
        lines.append(f"<caption>{page.title}</caption>")
    lines.append(f"<thead>{_row('th', page.lanes, [lane.heading for lane in page.lanes])}</thead>")
    lines.append("<tbody>")
    lines += [_row("td", page.lanes, texts) for texts in zip(*(lane.cells for lane in page.lanes))]
    lines.append("</tbody>")
    if page.total:
        lines.append(f"<tfoot>{_row('td', page.lanes, [lane.total for lane in page.lanes])}</tfoot>")
    return "\n".join([*lines, "</table>", *(f"<p>{note}</p>" for note in page.notes), ""])


def _row(tag: str, lanes: Sequence[Lane], texts: Sequence[str]) -> str:
    cells = [f"<{tag}{' class=n' * lane.numeric}>{text}</{tag}>" for lane, text in zip(lanes, texts)]
    return f"<tr>{''.join(cells)}</tr>"
