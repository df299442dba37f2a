"""CSV with commas, semicolons or tabs, as spreadsheets write it.

Pitfall: the separator is the one that the head uses, never the one that the answers are full of: `28,28,6` in a file of
semicolons is a shape.
"""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice

from ....text import _
from ..columns import Names
from ..format import Format
from ..sheet import Sheet
from ..table import MAX_LINES, Line, sheets

_SEPARATORS = ("\t", ";", ",", "|")
_LIMIT = 200_000


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of a CSV file; none where no line names its columns."""
    separator, body = _separator(text)
    top = body[:20_000]
    for sign in [separator, *(s for s in _SEPARATORS if s != separator)]:
        if sign in top or sign == separator:
            lines, problems = _lines(body, sign)
            if found := sheets(lines, sign, names):
                return [sheet._replace(problems=(*sheet.problems, *problems)) for sheet in found]
    return []


def _separator(text: str) -> tuple[str, str]:
    """The separator, by Excel's own `sep=;` line or by the first line that has one; and the text without that line."""
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    for line in text[:20_000].splitlines()[:12]:
        found = [s for s in _SEPARATORS if s in line]
        if found:
            return max(
                found, key=lambda s: (line.count(s) * (2 if s == "\t" else 1), -_SEPARATORS.index(s))
            ), text
    return ",", text


def _lines(text: str, separator: str) -> tuple[list[Line], list[str]]:
    csv.field_size_limit(_LIMIT)
    reader = csv.reader(
        StringIO(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")),
        delimiter=separator,
        skipinitialspace=True,
    )
    lines, start = list[Line](), 1
    try:
        for cells in islice(reader, MAX_LINES):
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        return lines, [
            _("line {line} could not be read: a quote is not closed, or a cell is very long").format(
                line=start
            )
        ]
    problems = []
    if len(lines) == MAX_LINES and next(reader, None):
        problems.append(_("it has more than {n} lines; the others were left out").format(n=f"{MAX_LINES:,}"))
    if lines and lines[-1][1] and any(cell.count("\n") > 3 for cell in lines[-1][1]):
        problems.append(
            _("line {line}: a quote is opened and not closed before the end").format(line=lines[-1][0])
        )
    return lines, problems


FORMAT = Format((".csv", ".tsv", ".tab"), read, turn=6)
