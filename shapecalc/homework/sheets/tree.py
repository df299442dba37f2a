"""Answers in a tree of names, from JSON, YAML or a literal: rows, columns, layers with their quantities, or students.

Pitfall: a list of numbers is a shape where a quantity stands above it, and a list of rows everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import _
from ..kinds import canonical
from .columns import Names, a_layer, column, layer_and_quantity, quantity
from .sheet import Cell, Sheet, gathered
from .table import sheets as table_sheets

_HOLDERS = frozenset(
    ["answers", "layers", "rows", "sheet", "submission", "cells", "table", "submissions", "students", "class", "答案", "答卷",
     "answer sheet"]
)  # fmt: skip
MAX_DEPTH = 20


def sheets(root: Any, names: Names = frozenset()) -> list[Sheet]:
    """The sheets of a tree of dicts, lists and texts; none where it holds no answers."""
    if found := _columns(root, names):
        return found
    cells, problems = list[Cell](), dict[str, None]()
    for found_ in _Walk(names).node(root, "", "", 0):
        if isinstance(found_, str):
            problems[found_] = None
        else:
            cells.append(found_)
    return [sheet._replace(problems=(*problems, *sheet.problems)) for sheet in gathered(cells)]


def _columns(root: Any, names: Names) -> list[Sheet]:
    """A table as a data frame has it: {"layer": ["CONV1", …], "params": [456, …]}, or a list of rows of cells."""
    if isinstance(root, dict) and root and all(isinstance(value, (list, tuple)) for value in root.values()):
        lengths = {len(value) for value in root.values()}
        named = [column(str(key)) for key in root if canonical(str(key)) not in names]
        if "layer" in named and len(named) > 1 and len(lengths) == 1:
            rows = [list(root), *zip(*root.values())]
            return table_sheets([(n, [shown(v) for v in row]) for n, row in enumerate(rows, 1)], ",", names)
    if isinstance(root, (list, tuple)) and root and all(isinstance(row, (list, tuple)) for row in root):
        return table_sheets([(n, [shown(v) for v in row]) for n, row in enumerate(root, 1)], ",", names)
    return []


class _Walk:
    """Goes through a tree with the key's names at hand."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def node(self, node: Any, student: str, layer: str, depth: int) -> Iterator[Cell | str]:
        """The cells below a node, and sentences about what is none."""
        if depth > MAX_DEPTH:
            yield _("names lie more than {n} deep inside each other").format(n=MAX_DEPTH)
        elif isinstance(node, (list, tuple)):
            for item in node:
                if isinstance(item, (dict, list)):
                    yield from self.node(item, student, layer, depth + 1)
                else:
                    yield _("{text} belongs to no layer").format(text=shown(item)[:60])
        elif isinstance(node, dict):
            student = self.named(node, "student") or student
            own = self.named(node, "layer")
            held = {k: v for k, v in node.items() if k.lower() in _HOLDERS and isinstance(v, (dict, list))}
            if own and held:  # a network that is named, and its layers
                node, own = held, ""
            yield from self.pairs(node, student, own or layer, depth, bool(own))

    def role(self, key: str) -> str | None:
        """The column that a name means; the key's own rows are none."""
        return None if canonical(key) in self.names else column(key)

    def quantity(self, key: str) -> str | None:
        """The quantity that a name means; the key's own rows are none."""
        return None if canonical(key) in self.names else quantity(key)

    def named(self, node: dict[str, Any], role: str) -> str:
        """The text under a key that means student or layer."""
        for key, value in node.items():
            if self.role(key) == role and key.lower() not in _HOLDERS and not isinstance(value, (dict, list)):
                return shown(value).strip()
        return ""

    def pairs(
        self, node: dict[str, Any], student: str, layer: str, depth: int, row: bool
    ) -> Iterator[Cell | str]:
        """The cells of a node's names; a `row` is all of one layer, whatever else stands below it."""
        asked = next(
            (
                shown(v)
                for k, v in node.items()
                if self.role(k) == "column" and not isinstance(v, (dict, list))
            ),
            "",
        )
        for key, value in node.items():
            what, kind = self.quantity(key), self.role(key)
            nested = isinstance(value, (dict, list))
            both = layer_and_quantity(key, self.names)
            if key.lower() in _HOLDERS and nested:
                yield from self.node(value, student, layer, depth + 1)
            elif kind in ("layer", "student", "column") and not nested:
                continue
            elif kind == "answer" and layer and not nested:
                yield Cell(student, layer, quantity(asked) or asked or "answer", shown(value))
            elif what and layer and not isinstance(value, dict):
                yield Cell(student, layer, what, shown(value))
            elif row and isinstance(value, dict):
                whole = dict.fromkeys([what] if what else [], value.get("total", value.get("size")))
                parts = {k: v for k, v in value.items() if k in ("weights", "biases") and what == "params"}
                yield from (Cell(student, layer, k, shown(v)) for k, v in {**parts, **whole}.items())
            elif what and isinstance(value, dict):  # the quantity first, and its layers below
                for name, answer in value.items():
                    yield Cell(student, name, what, shown(answer))
            elif both and not row and not isinstance(value, dict):
                yield Cell(student, *both, shown(value))
            elif isinstance(value, dict) or (
                isinstance(value, list) and any(isinstance(i, dict) for i in value)
            ):
                inner = not a_layer(key, self.names) and self.sheet(value)
                yield from self.node(value, key if inner else student, "" if inner else key, depth + 1)
            elif not layer and not what:
                many = isinstance(value, (list, tuple)) and canonical(key) in self.names
                yield Cell(student, key, "output_shape" if many else "answer", shown(value))

    def sheet(self, value: Any) -> bool:
        """Whether what stands under a name is a sheet, so that the name is a student's and not a layer's."""
        if isinstance(value, list):
            return True
        return any(
            key.lower() in _HOLDERS
            or isinstance(inner, dict)
            or (layer_and_quantity(key, self.names) and not self.quantity(key))
            for key, inner in value.items()
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
