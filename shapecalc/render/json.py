"""JSON that a person can read too: a row of the answer fills a few lines, a shape or a map of options stays on one.

Pitfall: `json.dumps(indent=…)` is slow and puts every size of a shape on a line of its own. Here everything is encoded
on one line, in C, and then broken before chosen keys: a quote after a comma and a blank always opens or closes a
string, because one within a string has a backslash before it; so a break never falls into a text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ..report.grid import Document
from ..symbolic import Symbolic
from .look import Look

SCHEMA = "shapecalc/1"
_WIDTH = 150
AT_ONCE = 100
"""Rows that are encoded together where a document streams them."""


def render(documents: Sequence[Document], look: Look) -> str:
    """One object for one document, a list for several."""
    return "".join(pieces(documents, look))


def pieces(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """The same piece by piece; of a document that streams, long lists are never held as a whole."""
    opened, margin = ("[\n ", " ") if len(documents) > 1 else ("", "")
    for document in documents:
        data = getattr(document, "stream", document.data)()
        yield opened
        yield from _pieces({"schema": SCHEMA, **data}, margin)
        opened = ",\n "
    yield "]\n" if len(documents) > 1 else "\n" if documents else "[]\n"


def pretty(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> str:
    """An object or a list of objects, laid out and ended with a line break."""
    if isinstance(value, Mapping):
        return _object(value, "") + "\n"
    return "[\n " + ",\n ".join(_object(v, " ") for v in value) + "]\n" if value else "[]\n"


def encode(value: Any) -> str:
    """`value` on one line; what JSON does not know (a symbolic size) becomes its text."""
    return _ENCODER.encode(value)


def _pieces(value: Mapping[str, Any], margin: str) -> Iterator[str]:
    """A document whose long lists of rows may be iterators: what stands between them, and some rows at a time."""
    known: dict[str, Any] = {}
    begin = "{"
    for key, item in value.items():
        if not isinstance(item, Iterator):
            known[key] = item
            continue
        rows = list(islice(item, AT_ONCE))
        if len(rows) < AT_ONCE:
            known[key] = rows
            continue
        before = _object(known, margin)[1:-1] if known else ""
        yield f"{begin}{before}" + (f",\n{margin} " if before else "") + f"{encode(key)}: [\n{margin}   "
        breaks = list(_breaks(rows, margin + "   "))
        while rows:
            text = encode(rows)[1:-1]
            for found, broken in breaks:
                text = text.replace(found, broken)
            yield text
            rows = list(islice(item, AT_ONCE))
            yield f",\n{margin}   " if rows else "]"
        known, begin = {}, f",\n{margin} "
    yield f"{begin}{_object(known, margin)[1:-1]}}}" if known else "}"


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
