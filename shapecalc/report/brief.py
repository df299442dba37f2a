"""A layer in a few words, in the course's letters: `conv 64, f=3, s=2, p=1`.

Pitfall: these are the options as the person wrote them, so `same` stays a word; JSON has them worked out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from .table import Row, Table

_LETTERS = {"kernel": "f", "stride": "s", "padding": "p", "dilation": "d"}


def brief(table: Table, row: Row) -> str:
    """The layer's word and the options that are not its defaults; the primary one needs no name."""
    parts = []
    for name, kind, default, label in _labels(type(row.costs)):
        value: Any = row.node.options.get(name)
        if value is None or value == default or (type(value) is tuple and _same(value, default)):
            continue
        if kind == "shape":
            value = table.as_shown(value)
        text = str(sum(map(len, value))) if kind == "table" else short(value)
        parts.append(label + text)
    return f"{row.layer} {', '.join(parts)}".rstrip()


@lru_cache(maxsize=256)
def _labels(layer: Any) -> tuple[tuple[str, str, Any, str], ...]:
    """Each option's name, kind, default and how it is introduced: `f=`, or nothing for the primary one."""
    found = []
    for index, (name, option) in enumerate(layer.OPTIONS.items()):
        bare = index == 0 and name not in _LETTERS
        found.append((name, option.kind, option.default, "" if bare else f"{_LETTERS.get(name, name)}="))
    return tuple(found)


def _same(value: tuple[Any, ...], default: Any) -> bool:
    """Whether every number in `value` is the default."""
    return bool(value) and all(v == default or (type(v) is tuple and _same(v, default)) for v in value)


def short(value: Any) -> str:
    """An option's value: 3 where all axes agree, else 1×7; padding 1, or its sides."""
    if isinstance(value, bool):
        return "yes" if value else "no"  # as a spec has it: bias=no
    if not isinstance(value, tuple):
        return str(value)
    if not value or not all(isinstance(v, tuple) for v in value):
        return str(value[0]) if len(set(value)) == 1 else "×".join(map(str, value))
    if all(len(v) == 2 and v[0] == v[1] for v in value):
        return short(tuple(v[0] for v in value))
    return "[" + ", ".join("×".join(map(str, v)) for v in value) + "]"
