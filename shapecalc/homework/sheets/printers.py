"""What the programs that print a network always do: which axis they put first, how they draw its tree, what -- means.

Pitfall: a module that holds others prints their sum, so a row that has rows below it is none of the network's layers.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...pattern import Pattern
from ...record import Record
from ..kinds import canonical, kind_and_number
from .columns import Names
from .table import Line

_TREE = Pattern(r"^[\s│|├└─┬╰╭>-]*")
_INDEX = Pattern(r"\s*:\s*\d+(?:-\d+)*\s*$")
_TYPED = Pattern(r"(?P<name>[^\s(]+)\s*\((?P<inside>[^()]*)\)?(?:[^()]*)$")
_SHAPE = Pattern(r"[\[(]{1,2}\s*(?P<first>None|-1|\d+)\s*,\s*(?:\d+\s*,?\s*){2,4}[\])]{1,2}")


class Printer(Record):
    """How a printer is known by its head, and what it always does."""

    signs: tuple[str, ...]
    """Words that all stand in the head."""
    layout: str
    tree: bool = False
    empty: str = ""
    """What a dash says where a number would stand."""


PRINTERS = (
    Printer(("depth-idx",), "NCHW", True, "0"),  # torchinfo
    Printer(("layer", "type", "output shape", "param #", "trainable"), "NCHW", True),  # torchscan
    Printer(("name (type)", "output", "params"), "NCHW", True, "0"),  # torchlens
    Printer(("layer (type)", "output shape", "param #"), ""),  # Keras and torchsummary: the first axis tells
)


def printed_by(head: str) -> Printer | None:
    """The printer of a table with this head."""
    plain = " ".join(head.lower().split())
    return next((p for p in PRINTERS if all(sign in plain for sign in p.signs)), None)


def as_meant(lines: Sequence[Line], head: Sequence[str], printer: Printer, names: Names) -> list[Line]:
    """The rows of a printed table, with each shape's order of axes behind it and each layer's name as the key has it."""
    rows: list[Line] = [
        (number, [_cell(text, printer, at > 0) for at, text in enumerate(cells)]) for number, cells in lines
    ]
    if not printer.tree:
        return rows
    types = next((i for i, title in enumerate(head) if title.strip().lower() == "type"), None)
    depths = [_depth(cells[0]) for _n, cells in lines] + [0]
    path, found = list[tuple[int, str]](), list[Line]()
    for at, (number, cells) in enumerate(rows):
        own, kind = _names(lines[at][1][0], lines[at][1][types] if types is not None else "")
        path = [*(part for part in path if part[0] < depths[at]), (depths[at], own)]
        if depths[at + 1] > depths[at]:  # it holds the rows below it
            continue
        whole = [".".join(part for _d, part in path[start:]) for start in range(len(path))]
        name = next((text for text in whole if canonical(text) in names), kind)
        found.append((number, [name, *cells[1:]]))
    return found


def _depth(text: str) -> int:
    match = _TREE.match(text)
    return len(match[0]) if match else 0


def _names(text: str, type: str) -> tuple[str, str]:
    """A module's own name, and its kind: `conv1` and `Conv2d` of `├─Conv2d (conv1): 3-1` or `conv1 (Conv2d)`."""
    bare = _INDEX.sub("", _TREE.sub("", text)).strip()
    match = _TYPED.fullmatch(bare)
    if not match:
        return bare, type.strip() or bare
    parts = match["name"], match["inside"].strip()
    kinds = [kind_and_number(part)[0] for part in parts]
    if kinds[1] and not kinds[0]:
        return parts
    return (parts[1], parts[0]) if _INDEX.search(text) else parts


def _cell(text: str, printer: Printer, answer: bool) -> str:
    """A cell as it is meant: a shape of a map with its order of axes, a dash as what the printer means by it."""
    text = text.strip()
    if answer and text in ("-", "--", "---"):
        return printer.empty
    match = _SHAPE.fullmatch(text)
    if not match or text.count(",") != 3:
        return text
    layout = printer.layout or {"None": "NHWC", "-1": "NCHW"}.get(match["first"], "")
    return f"({text.strip('[]()')}) ({layout})" if layout else text
