"""The JSON Schema of a spec, made from the layer files, so that an editor completes and checks what is typed.

Pitfall: almost every value may also be an expression, so a number's schema admits a string.
"""

from __future__ import annotations

from typing import Any

from .. import layers
from ..layers import Option
from ..quantities import COLUMNS
from ..text import _
from .declarations import TYPES
from .document import KEYS
from .grading import ATTEMPTS, CONVENTIONS, GRADING, SAID
from .promises import QUANTITIES
from .words import ENTRY_OPTIONS, PADDING_WORDS

_KINDS: dict[str, dict[str, Any]] = {
    "int": {"type": ["integer", "string"]},
    "float": {"type": ["number", "string"]},
    "bool": {"type": ["boolean", "string"]},
    "size": {"type": ["integer", "string", "array"]},
    "padding": {"anyOf": [{"type": ["integer", "array", "string"]}, {"enum": list(PADDING_WORDS)}]},
    "amount": {"type": ["integer", "string", "array", "object"]},
    "shape": {"type": ["integer", "string", "array", "object"]},
    "str": {"type": "string"},
    "axis": {"type": "string"},
    "order": {"type": "array"},
    "table": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
}


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12)."""
    entries = {"$ref": "#/$defs/entries"}
    words = {word: _layer(word) for word in layers.words()}
    merges = [word for word in layers.words() if (kind := layers.load(word)) and kind.merges]
    words |= {word: _branches(words[word]) for word in merges}
    words["seq"] = {
        "anyOf": [
            entries,
            {"type": "object", "properties": {"layers": entries, **_reserved()}, "required": ["layers"]},
        ]
    }
    aliases = {a: words[w] for w in layers.words() if (kind := layers.load(w)) for a in kind.aliases}
    mapping = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {**words, **aliases},
        "patternProperties": {"^[A-Z]": {}},
        "additionalProperties": False,
    }
    bare = {"anyOf": [{"enum": sorted([*words, *aliases])}, {"type": "string", "pattern": "^[A-Z]"}]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "shapecalc spec",
        "type": "object",
        "properties": _top(entries),
        "additionalProperties": False,
        "anyOf": [{"required": ["input", "layers"]}, {"required": ["base"]}],
        "$defs": {
            "entry": {"anyOf": [bare, mapping]},
            "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
        },
    }


def _top(entries: dict[str, Any]) -> dict[str, Any]:
    params = {
        "type": "object",
        "additionalProperties": {
            "anyOf": [{"enum": list(TYPES)}, {"type": ["integer", "number", "boolean", "string", "array"]}]
        },
    }
    block = {
        "type": "object",
        "properties": {"params": params, "layers": entries, "note": {"type": "string"}},
        "required": ["layers"],
    }
    figure = {
        "type": "object",
        "properties": {"quantity": {"enum": list(QUANTITIES)}, "value": {"type": ["string", "number"]}, "where": {"type": "string"},
                       "layer": {"type": "string"}, "wrong": {"type": "string"}},
        "required": ["quantity", "value", "where"],
        "additionalProperties": False,
    }  # fmt: skip
    bounds = {
        "type": "object",
        "properties": {q: {"type": ["integer", "number", "string"]} for q in QUANTITIES}
        | {"output": _KINDS["shape"]},
    }
    names = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    known: dict[str, Any] = {
        "spec": {"const": 1},
        "input": _KINDS["shape"],
        "layout": {"enum": ["HWC", "CHW"]},
        "params": params,
        "blocks": {
            "type": "object",
            "patternProperties": {"^[A-Z]": {"anyOf": [block, entries]}},
            "additionalProperties": False,
        },
        "layers": entries,
        "outputs": names,
        "frozen": names,
        "base": {"type": "string"},
        "set": {"type": "object"},
        "expect": {**bounds, "additionalProperties": False},
        "published": {"type": "array", "items": figure},
        "grading": {
            "type": "object",
            "properties": {**{key: {} for key in GRADING}, **_grading()},
            "additionalProperties": False,
        },
        "meta": {},
    }
    return {key: known.get(key, {"type": "string"}) for key in KEYS}


def _grading() -> dict[str, Any]:
    """What `grading:` may say, as far as it does not depend on the network's rows."""
    column = {"enum": list(COLUMNS)}
    conventions: dict[str, Any] = {}
    for name, choices in CONVENTIONS.items():
        words = [word for word, meant in SAID.items() if meant in choices]
        truths = [True, False] if "yes" in choices else []
        whole = {"type": "integer", "minimum": 1}
        conventions[name] = {"enum": [*choices, *words, *truths]} if choices else whole
    share = {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string", "pattern": "%$"}]}
    return {
        "columns": {"anyOf": [column, {"type": "array", "items": column}]},
        "conventions": {"type": "object", "properties": conventions, "additionalProperties": False},
        "marks": {"type": ["number", "object"]},
        "credit": {"type": "object", "additionalProperties": share},
        "cao": {"type": ["boolean", "string", "array", "object"]},
        "rows": {"type": ["array", "object"]},
        "late": {
            "type": "object",
            "properties": {
                "penalty": {
                    "anyOf": [
                        {"type": "number", "minimum": 0},
                        {"type": "string", "pattern": "^[0-9.]+ *%?$"},
                    ]
                }
            },
            "additionalProperties": False,
        },
        "attempts": {"enum": list(ATTEMPTS)},
        "overrides": {"type": "string"},
    }


def _reserved() -> dict[str, Any]:
    kinds = {"name": "str", "repeat": "int", "if": "bool", "expect": "shape", "note": "str", "frozen": "bool"}
    known: dict[str, Any] = {name: _KINDS[kind] for name, kind in kinds.items()}
    return {name: known.get(name, {}) for name in ENTRY_OPTIONS}


def _layer(word: str) -> dict[str, Any]:
    layer = layers.load(word)
    assert layer is not None
    options = {o.name: _field(o) for o in layer.OPTIONS.values()}
    options |= {letter: options[name] for letter, name in layer.short.items() if name in options}
    whole = {"type": "object", "properties": {**options, **_reserved()}, "additionalProperties": False}
    primary = next(iter(layer.OPTIONS.values()), None)
    return {"anyOf": [whole, {"type": "null"}, *([_field(primary)] if primary else [])]}


def _branches(layer: dict[str, Any]) -> dict[str, Any]:
    branch = {"anyOf": [{"$ref": "#/$defs/entries"}, {"$ref": "#/$defs/entry"}, {"const": "identity"}]}
    return {
        "anyOf": [
            {**layer["anyOf"][0], "additionalProperties": branch},
            {"type": "array", "items": {"type": "string"}},
        ]
    }


def _field(option: Option) -> dict[str, Any]:
    kind = (
        {"type": "string", "examples": list(option.choices)}
        if option.choices
        else _KINDS.get(option.kind, {})
    )
    return {**kind, "description": _(option.help)} if option.help else dict(kind)
