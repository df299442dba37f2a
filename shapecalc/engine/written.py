"""Values as a spec writes them, so that reading them back gives the same values.

Pitfall: a name such as `1e3`, `-` or `null` is legal, and YAML or a careless reader takes it for something else, so
whatever is not a plain word is put in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..layers import Layer
from ..pattern import Pattern
from .options import as_written

_WORD = Pattern(r"[A-Za-z_][\w.-]*", re.ASCII)
_YAML = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
_LETTERS = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}


def flow(fields: Mapping[str, str]) -> str:
    """A mapping on one line; empty fields are left out."""
    return "{" + ", ".join(f"{key}: {text}" for key, text in fields.items() if text) + "}"


def quoted(text: str) -> str:
    """Text as a YAML scalar that reads back as the same text."""
    if _WORD.fullmatch(text) and text.lower() not in _YAML:
        return text
    import json

    return "".join(c if c.isprintable() else _escape(c) for c in json.dumps(text, ensure_ascii=False))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def option_texts(layer: type[Layer], values: Mapping[str, Any], layout: str) -> dict[str, str]:
    """A layer's options that are not its defaults."""
    texts = {}
    for name, option in layer.OPTIONS.items():
        value = values[name]
        text = "" if value is None else value_text(value, option.kind, layout)
        if text and (option.required or text != value_text(option.default, option.kind, layout)):
            texts[name] = text
    return texts


def value_text(value: Any, kind: str, layout: str) -> str:
    """One value: `3` where all axes agree, `1x7` where they do not, a list for sides and shapes."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if not isinstance(value, tuple):
        return str(value)
    if kind == "shape":
        return str(list(as_written(value, layout)))
    if kind == "amount":
        sides = {axis: str(list(pair)) for axis, pair in zip(_LETTERS[len(value)], value) if any(pair)}
        return flow(sides) if sides else "0"
    if kind in ("size", "padding"):
        if all(isinstance(v, tuple) and v[0] == v[1] for v in value):
            value = tuple(v[0] for v in value)
        if not isinstance(value[0], tuple):
            if len(set(value)) == 1:
                return str(value[0])
            return (
                "x".join(map(str, value)) if value[0] else _list(value)
            )  # 0x3 would look like a hexadecimal
    return _list(value)


def _list(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_list, value)) + "]"
    return quoted(value) if isinstance(value, str) else str(value)
