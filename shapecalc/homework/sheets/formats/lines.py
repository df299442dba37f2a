"""Free text, line by line: "output shape of CONV2 = 10x10x16, params = 2416", "CONV1: 28x28x6, 456".

A line names a layer, or stands below one, and gives answers; each of them with the word for what it is, or without: a shape,
then a number of parameters. Pitfall: the commas in 10, 10, 16 part no answers, and the one in 28x28x6, 456 does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ....pattern import Pattern
from ....text import _
from ...kinds import canonical
from ..columns import Names, a_layer, layer_and_quantity, quantity
from ..format import Format
from ..sheet import Cell, Sheet, gathered

_MARKS = Pattern(r"^\s*(?:[-*+•#>]+\s+|\d{1,2}[.)]\s+|[a-z]\)\s+)*|\*\*|__|`", re.MULTILINE)
_SIGN = Pattern(r"\s*(?:->|=>|→|[=:：]|\bis\b|\bare\b|为|是)\s*")
_NAME = Pattern(r"[\w.()（） /#-]{1,40}")
_PARTS = Pattern(
    r"[;；、]\s*|[,，]\s*(?=[^\s0-9])|[,，]\s+|\s+and\s+(?=\D)|\s+(?=\([^()0-9]*[0-9][0-9,.]*\s*[a-z][^()]*\))"
)
_BEFORE = Pattern(
    r"(?P<what>[^0-9(\[=:：]*[^\s0-9(\[=:：])\s*(?:[=:：]|为|是)?\s*(?P<value>[0-9(\[~≈?].*)", re.DOTALL
)
_BEHIND = Pattern(
    r"(?P<value>[0-9][^A-Za-z]*[0-9]|[0-9]+|no|without|没有|无)\s*(?P<what>[^\W\d_].*)",
    re.DOTALL | re.IGNORECASE,
)
_SHAPE = Pattern(r"[\[(]?\s*[0-9]+\s*(?:[x×*✕@]\s*[0-9]+\s*)+[)\]]?|[\[(][0-9, ]+[)\]]")
_VALUE = Pattern(r"\s+(?=[0-9(\[~≈])")
_INTEGER = Pattern(r"[0-9]+")
MAX_LINES = 20_000
MAX_LENGTH = 2_000


def read(text: str, names: Names) -> list[Sheet]:
    """The sheet of a free text; none where no line of it is an answer."""
    cells, problems = list[Cell](), list[str]()
    layer = ""
    for number, line in enumerate(text.splitlines()[:MAX_LINES], 1):
        line = _MARKS.sub("", line[: MAX_LENGTH + 1]).strip().removesuffix(".")
        if not line or len(line) > MAX_LENGTH:
            continue
        found = list(_line(line, layer, number, names))
        cells += found
        if found:
            layer = found[-1].layer
        elif _heading(line):
            layer = line.rstrip(":：").strip()
        elif any(c.isdigit() for c in line) and _SIGN.search(line):
            problems.append(_("line {line} was not understood: {text}").format(line=number, text=line[:60]))
    return gathered(cells, {"": problems}) if cells else []


def _heading(line: str) -> bool:
    """Whether a line is the name of a layer whose answers stand below it."""
    name = line.rstrip(":：").strip()
    return bool(_NAME.fullmatch(name)) and len(name.split()) <= 3 and any(c.isalpha() for c in name)


def _line(line: str, layer: str, number: int, names: Names) -> Iterator[Cell]:
    """The answers of one line."""
    first, sign, rest = _cut(line)
    both = layer_and_quantity(first, names)
    if both and sign:
        yield from _both(both, rest, number, names)
    elif quantity(first) and canonical(first) not in names:
        yield from _answers(line, layer, number, names)
    elif sign and _NAME.fullmatch(first) and len(first.split()) <= 4 and any(c.isalpha() for c in first):
        layer, found = first, list(_answers(rest, first, number, names))
        known = a_layer(layer, names) or len(found) > 1 or any(cell.column != "answer" for cell in found)
        yield from found if known or any(c.isdigit() for c in rest[:1]) else ()
    elif not sign:
        for match in islice(_VALUE.finditer(line), 5):  # CONV1 output 28x28x6
            both = layer_and_quantity(line[: match.start()], names)
            if both and a_layer(both[0], names):
                yield from _both(both, line[match.start() :].strip(), number, names)
                return


def _both(both: tuple[str, str], rest: str, number: int, names: Names) -> Iterator[Cell]:
    """An answer whose layer and quantity stand before it, and what follows it in its line."""
    if not _NAME.fullmatch(both[0]) or len(both[0].split()) > 4:
        return
    parts = _pieces(rest)
    yield Cell("", both[0].strip(), both[1], parts[0], number)
    for part in parts[1:]:
        yield from _part(part, both[0].strip(), number, names)


def _cut(line: str) -> tuple[str, str, str]:
    """A line's first name, the sign behind it, and the rest; no sign where none stands before the first number."""
    match = _SIGN.search(line)
    if not match or match.start() == 0:
        return line, "", ""
    return line[: match.start()].strip(), match[0], line[match.end() :].strip()


def _pieces(text: str) -> list[str]:
    """The answers of a line, apart; numbers with commas between them stay together, as the axes of one shape."""
    found = list[str]()
    depth, start = 0, 0
    for match in re.finditer(r"[()\[\]{}]|" + _PARTS.pattern, text):
        sign = match[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth <= 0:
            found.append(text[start : match.start()])
            start = match.end()
    found.append(text[start:])
    pieces = [piece.strip() for piece in found if piece.strip()]
    if len(pieces) > 2 and all(map(_INTEGER.fullmatch, pieces)):
        return [", ".join(pieces)]
    return pieces or [text]


def _answers(text: str, layer: str, number: int, names: Names) -> Iterator[Cell]:
    """The answers that a line gives for a layer."""
    parts = _pieces(text)
    plain = [part for part in parts if _SHAPE.fullmatch(part) or _INTEGER.fullmatch(part)]
    if len(plain) == len(parts) == 2:
        yield Cell("", layer, "output_shape", parts[0], number)
        yield Cell("", layer, "params", parts[1], number)
        return
    for at, part in enumerate(parts):
        found = list(_part(part, layer, number, names))
        if found:
            yield from found
        elif at == 0 and any(c.isdigit() for c in part):
            shape = len(parts) > 1 or _SHAPE.search(part.split("=")[-1])
            yield Cell("", layer, "output_shape" if shape else "answer", part, number)


def _part(part: str, layer: str, number: int, names: Names) -> Iterator[Cell]:
    """An answer with the word for what it is, before or behind it."""
    part = part.strip()
    if part[:1] == "(" and part[-1:] == ")":
        part = part[1:-1]
    name, sign, rest = _cut(part)
    if sign and (what := quantity(name)):
        yield Cell("", layer, what, rest, number)
    elif sign and (both := layer_and_quantity(name, names)):
        yield Cell("", *both, rest, number)
    elif (match := _BEFORE.fullmatch(part)) and (what := quantity(match["what"])):
        yield Cell("", layer, what, match["value"], number)
    elif match and (both := layer_and_quantity(match["what"], names)):
        yield Cell("", *both, match["value"], number)
    elif (match := _BEHIND.fullmatch(part)) and (what := quantity(match["what"])):
        yield Cell("", layer, what, match["value"] if match["value"][0].isdigit() else "0", number)


FORMAT = Format((), read, turn=7)
