"""A layer in a few words, in the course's letters: `conv 64, f=3, s=2, p=1`.

Pitfall: these are the options as the person wrote them, so `same` stays a word; JSON has them worked out.
"""

from __future__ import annotations

from typing import Any

from ..text import _
from .table import Row, Table

_LETTERS = {"kernel": "f", "stride": "s", "padding": "p", "dilation": "d"}


def brief(table: Table, row: Row) -> str:
    """The layer's word and the options that are not its defaults; the primary one needs no name."""
    known = type(row.costs).OPTIONS  # type: ignore[attr-defined]
    parts = []
    for index, (name, option) in enumerate(known.items()):
        value: Any = row.node.options.get(name)
        if value is None or _same(value, option.default):
            continue
        if option.kind == "shape":
            value = table.as_shown(value)
        text = str(sum(map(len, value))) if option.kind == "table" else short(value)
        parts.append(text if index == 0 and name not in _LETTERS else f"{_LETTERS.get(name, name)}={text}")
    return f"{row.layer} {', '.join(parts)}".rstrip()


def _same(value: Any, default: Any) -> bool:
    if isinstance(value, tuple) and value:
        return value == default or all(_same(v, default) for v in value)
    return bool(value == default)


def short(value: Any) -> str:
    """An option's value: 3 where all axes agree, else 1×7; padding 1, or its sides."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, tuple):
        return str(value)
    if not value or not all(isinstance(v, tuple) for v in value):
        return str(value[0]) if len(set(value)) == 1 else "×".join(map(str, value))
    if all(len(v) == 2 and v[0] == v[1] for v in value):
        return short(tuple(v[0] for v in value))
    return "[" + ", ".join("×".join(map(str, v)) for v in value) + "]"
