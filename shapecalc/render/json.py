"""JSON that a person can read too: a row of the answer fills a few lines, a shape or a map of options stays on one.

Pitfall: `json.dumps(indent=…)` is slow and puts every size of a shape on a line of its own. Here everything is encoded
on one line, in C, and then broken before chosen keys: a quote after a comma and a blank always opens or closes a
string, because one within a string has a backslash before it; so a break never falls into a text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..report.grid import Document
from ..symbolic import Symbolic
from .look import Look

SCHEMA = "shapecalc/1"
_WIDTH = 150


def render(documents: Sequence[Document], look: Look) -> str:
    """One object for one document, a list for several."""
    objects = [{"schema": SCHEMA, **document.data()} for document in documents]
    return pretty(objects[0] if len(objects) == 1 else objects)


def pretty(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """An object or a list of objects, laid out and ended with a line break."""
    if isinstance(value, Mapping):
        return _object(value, "") + "\n"
    return "[\n " + ",\n ".join(_object(v, " ") for v in value) + "]\n" if value else "[]\n"


def encode(value: Any) -> str:
    """`value` on one line; what JSON does not know (a symbolic size) becomes its text."""
    return _ENCODER.encode(value)


def _object(value: Mapping[str, Any], margin: str) -> str:
    """A document: a list of rows is laid out row by row, everything else is filled into lines."""
    inner = margin + " "
    parts = []
    for key, item in value.items():
        if isinstance(item, Mapping):
            text = _fill([f"{encode(k)}: {encode(v)}" for k, v in item.items()], inner)
        else:
            text = _rows(item, inner) if _is_rows(item) else encode(item)
        parts.append(f"{encode(key)}: {text}")
    return _fill(parts, margin)


def _fill(parts: list[str], margin: str) -> str:
    """`{…}` with as many parts on a line as fit; a part that has several lines stands alone."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) < _WIDTH:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return "{" + f",\n{margin} ".join(lines) + "}"


def _rows(rows: Sequence[Mapping[str, Any]], margin: str) -> str:
    """A list of objects, all broken before the same keys; on one line where they fit."""
    text = encode(rows)
    if len(text) < _WIDTH:
        return text
    for found, broken in _breaks(rows, margin + "  "):
        text = text.replace(found, broken)
    return f"[\n{margin}  {text[1:]}"


def _breaks(rows: Sequence[Mapping[str, Any]], margin: str) -> Iterator[tuple[str, str]]:
    """What to replace by what, found on the longest of the first rows."""
    example = max(rows[:100], key=lambda row: len(encode(row)))
    room = _WIDTH
    for i, (key, value) in enumerate(example.items()):
        name = encode(key)
        size = len(name) + 4 + (0 if _is_rows(value) else len(encode(value)))
        if i == 0:
            yield f", {{{name}: ", f",\n{margin}{{{name}: "
        elif size > room:
            yield f", {name}: ", f",\n{margin} {name}: "
            room = _WIDTH
        room -= size
        if _is_rows(value):
            yield f"{name}: [{{", f"{name}: [\n{margin}   {{"
            yield from _breaks(value, margin + "   ")
            room = 0


def _is_rows(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(v, dict) for v in value)


def _default(value: Any) -> Any:
    if isinstance(value, Symbolic):
        return value.text
    return int(value) if hasattr(value, "__index__") else str(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_default, allow_nan=False)
