"""Free text, line by line: "output shape of CONV2 = 10x10x16, params = 2416".

A statement is a name, a colon or an equals sign, and a value; the layer is named in it or stands above it. Pitfall: the
comma in 10, 10, 16 ends no statement: only one with a new name behind it does.
"""

from __future__ import annotations

import re

from ...pattern import Pattern
from ...text import _
from .columns import layer_and_quantity, quantity
from .sheet import Cell, Sheet, gathered

_MARKS = Pattern(r"^\s*(?:[-*+•#>]+\s+|\d{1,2}[.)]\s+|[a-z]\)\s+)*|\*\*|__|`", re.MULTILINE)
_STATEMENT = Pattern(
    r"\s*([^=:：,;，；]*[^\W\d_][^=:：,;，；]*?)\s*(?:->|=>|→|[=:：]|\bis\b|\bare\b|为|是)\s*(.+?)\s*",
    re.DOTALL,
)
_NEXT = Pattern(
    r"[,;，；、]\s*(?:and\s+)?(?=[^=:：,;，；()\[\]]*[^\W\d_xX][^=:：,;，；()\[\]]*(?:[=:：]|\bis\b|为|是))|\band\b(?=[^=:,;0-9]*[=:])"
)
_SHAPE = Pattern(r"[0-9].*[x×*✕@,，].*[0-9]", re.DOTALL)
_NAME = Pattern(r"[\w.()（） /#-]{1,40}")
MAX_LINES = 20_000


def read(text: str) -> list[Sheet]:
    """The sheet of a free text; none where no line of it is an answer."""
    cells, problems = list[Cell](), list[str]()
    layer = ""
    for number, line in enumerate(text.splitlines()[:MAX_LINES], 1):
        line = _MARKS.sub("", line).strip()
        if not line or len(line) > 2000:
            continue
        found = _line(line, layer, number)
        if found is None:
            heading = line.rstrip(":：").strip()
            if _NAME.fullmatch(heading) and len(heading.split()) <= 3 and any(c.isalpha() for c in heading):
                layer = heading
            elif any(c.isdigit() for c in line) and ("=" in line or ":" in line):
                problems.append(
                    _("line {line} was not understood: {text}").format(line=number, text=line[:60])
                )
            continue
        layer = found[-1].layer
        cells += found
    return gathered(cells, problems) if cells else []


def _line(line: str, layer: str, number: int) -> list[Cell] | None:
    """The answers of one line, or None where it gives none."""
    cells = list[Cell]()
    parts = _NEXT.split(line)
    for at, part in enumerate(parts):
        match = _STATEMENT.fullmatch(part)
        if match is None:
            more = _bare(part, layer if at else "", number) if at else None
            if more is None:
                return cells or None
            cells.append(more)
            continue
        name, value = match[1].strip(), match[2]
        what, both = quantity(name), layer_and_quantity(name)
        inner = _STATEMENT.fullmatch(value) if not what and not both else None
        if inner and quantity(inner[1].strip()):  # CONV1: shape = 28x28x6
            layer, what, value = name, quantity(inner[1].strip()), inner[2]
            cells.append(Cell("", layer, what or "", value, number))
        elif what and not both:
            if not layer:
                cells.append(Cell("", "", what, value, number))
                continue
            cells.append(Cell("", layer, what, value, number))
        elif both:
            layer = both[0].strip()
            cells.append(Cell("", *both, value, number))
        else:
            if not (_NAME.fullmatch(name) and len(name.split()) <= 3 and any(c.isdigit() for c in value)):
                return cells or None
            layer = name
            column = "output_shape" if _SHAPE.search(value.split("=")[-1]) or len(parts) > 1 else "answer"
            cells.append(Cell("", layer, column, value, number))
    return cells or None


def _bare(part: str, layer: str, number: int) -> Cell | None:
    """`10164 params` after a shape: a value with its quantity behind it."""
    words = part.strip().rsplit(" ", 1)
    what = quantity(words[1]) if len(words) == 2 else None
    return Cell("", layer, what, words[0], number) if what and layer and words[0][:1].isdigit() else None
