"""Answers in a tree of names, from JSON or YAML: a list of rows, layers with their quantities, or students with either.

Pitfall: a list of numbers is a shape where a quantity stands above it, and a list of rows everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import _
from .columns import column, layer_and_quantity, quantity
from .sheet import Cell, Sheet, gathered

_HOLDERS = (
    "answers",
    "layers",
    "rows",
    "sheet",
    "submission",
    "answer sheet",
    "cells",
    "table",
    "submissions",
    "students",
    "class",
    "答案",
)
MAX_DEPTH = 20


def sheets(root: Any) -> list[Sheet]:
    """The sheets of a tree of dicts, lists and texts; none where it holds no answers."""
    cells, problems = list[Cell](), list[str]()
    for found in _walk(root, "", "", 0):
        if isinstance(found, str):
            if found not in problems:
                problems.append(found)
        else:
            cells.append(found)
    return gathered(cells, problems)


def _walk(node: Any, student: str, layer: str, depth: int) -> Iterator[Cell | str]:
    if depth > MAX_DEPTH:
        yield _("names lie more than {n} deep inside each other").format(n=MAX_DEPTH)
    elif isinstance(node, list):
        for item in node:
            if isinstance(item, (dict, list)):
                yield from _walk(item, student, layer, depth + 1)
            else:
                yield _("{text} belongs to no layer").format(text=shown(item)[:60])
    elif isinstance(node, dict):
        student = _named(node, "student") or student
        layer = _named(node, "layer") or layer
        yield from _pairs(node, student, layer, depth)


def _named(node: dict[str, Any], role: str) -> str:
    """The text under a key that means student or layer."""
    for key, value in node.items():
        if column(key) == role and key.lower() not in _HOLDERS and not isinstance(value, (dict, list)):
            return shown(value).strip()
    return ""


def _pairs(node: dict[str, Any], student: str, layer: str, depth: int) -> Iterator[Cell | str]:
    asked = next(
        (shown(v) for k, v in node.items() if column(k) == "column" and not isinstance(v, (dict, list))), ""
    )
    for key, value in node.items():
        what, kind = quantity(key), column(key)
        nested = isinstance(value, (dict, list))
        both = layer_and_quantity(key)
        if key.lower() in _HOLDERS and nested:
            yield from _walk(value, student, layer, depth + 1)
        elif kind in ("layer", "student", "column") and not nested:
            continue
        elif kind == "answer" and layer and not nested:
            yield Cell(student, layer, quantity(asked) or asked or "answer", shown(value))
        elif what and layer and not isinstance(value, dict):
            yield Cell(student, layer, what, shown(value))
        elif what and isinstance(value, dict):  # the quantity first, and its layers below
            for name, answer in value.items():
                yield Cell(student, name, what, shown(answer))
        elif both and not isinstance(value, dict):
            yield Cell(student, *both, shown(value))
        elif isinstance(value, dict) or (isinstance(value, list) and any(isinstance(i, dict) for i in value)):
            inner = _students(value)
            yield from _walk(value, key if inner else student, "" if inner else key, depth + 1)
        elif not layer and not what:
            yield Cell(student, key, "answer", shown(value))


def _students(value: Any) -> bool:
    """Whether what stands under a name is a sheet, so that the name is a student's and not a layer's."""
    if isinstance(value, list):
        return True
    inner = list(value.items())
    return any(key.lower() in _HOLDERS for key, _v in inner) or any(
        isinstance(v, dict) or (layer_and_quantity(k) and not quantity(k)) for k, v in inner
    )


def shown(value: Any) -> str:
    """A value as a student would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "(" + ", ".join("None" if v is None else shown(v) for v in value) + ")"
    return (
        str(value) if not isinstance(value, dict) else ", ".join(f"{k}={shown(v)}" for k, v in value.items())
    )
