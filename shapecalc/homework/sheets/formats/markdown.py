"""Tables in Markdown, with or without bars at the ends, and HTML tables between them.

Pitfall: a bar inside a cell is written \\|, and one inside backticks is text, too.
"""

from __future__ import annotations

import re

from ....pattern import Pattern
from ..columns import Names
from ..format import Format
from ..sheet import Sheet
from ..table import Line, sheets

_RULE = Pattern(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL = Pattern(r"((?:\\.|`[^`|]*`|[^|\\])*)(?:\||$)", re.DOTALL)


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of all answer tables in a text, in order."""
    found = [sheet for table in tables(text) for sheet in sheets(table, "|", names)]
    if "<table" in text.lower():
        from . import html

        found += html.tables_of(text, names)
    return found


def tables(text: str) -> list[list[Line]]:
    """The pipe tables of a text: a head, a line of dashes, and rows."""
    lines = text.splitlines()
    found = list[list[Line]]()
    at = 1
    while at < len(lines):
        if (
            "-" in lines[at]
            and ("|" in lines[at] or "|" in lines[at - 1])
            and "|" in lines[at - 1]
            and _RULE.fullmatch(lines[at])
        ):
            table: list[Line] = [(at, _cells(lines[at - 1]))]
            at += 1
            while at < len(lines) and "|" in lines[at]:
                table.append((at + 1, _cells(lines[at])))
                at += 1
            found.append(table)
        at += 1
    return found


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix(">").strip()
    line = line.removeprefix("|")
    cells, at = list[str](), 0
    while at < len(line):
        match = _CELL.match(line, at)
        if match is None or match.end() == at:
            break
        cells.append(match[1].replace("\\|", "|").strip())
        at = match.end()
    return cells


FORMAT = Format((".md", ".markdown", ".rmd", ".qmd", ".mkd"), read, turn=3)
