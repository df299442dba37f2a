"""What a spec already says under `grading:`: kept for the key, and read for the sheet's conventions, marks and credits.

Pitfall: a spec with a base has a file around it, and the outer file's `grading:` wins.
"""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from typing import Any

from ...expression.tokens import number
from ...record import Record
from ...spec import Plan
from ...spec.reader import read
from ...spec.tree import Mapping, Scalar, Sequence, Tree
from ..conventions import Conventions


class Said(Record):
    """`trees` are the parts of `grading:` as written, `data` the same as plain data."""

    trees: Lookup[str, Tree] = {}
    data: Lookup[str, Any] = {}

    @property
    def conventions(self) -> Conventions:
        """The switches that the spec declares, defaults for the others."""
        usual = Conventions()._asdict()
        said = self.data.get("conventions")
        known = said.items() if isinstance(said, dict) else ()
        return Conventions(**{**usual, **{k: v for k, v in known if k in usual}})

    @property
    def credit(self) -> dict[str, float]:
        """The share of the marks that a slip keeps, by its id."""
        said = self.data.get("credit")
        found = {k: _share(v) for k, v in said.items()} if isinstance(said, dict) else {}
        return {k: v for k, v in found.items() if 0 < v <= 1}


def said(plan: Plan) -> Said:
    """The `grading:` of a plan's file, or of its base."""
    outer = read(plan.source)[0]
    for root in (outer, plan.root):
        node = (
            next((v for k, v in root.pairs if k.text == "grading"), None)
            if isinstance(root, Mapping)
            else None
        )
        if isinstance(node, Mapping):
            trees = {key.text: value for key, value in node.pairs}
            return Said(trees, {key: plain(value) for key, value in trees.items()})
    return Said()


def plain(node: Tree) -> Any:
    """A tree as plain data: mappings, lists, whole and other numbers, truth values, text."""
    if isinstance(node, Mapping):
        return {k.text: plain(v) for k, v in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if not isinstance(node, Scalar):
        return None
    if node.style:
        return node.text
    exact = number(node.text)
    return {"true": True, "false": False}.get(node.text, node.text) if exact is None else exact


def _share(value: Any) -> float:
    """0.5 or 50%."""
    if isinstance(value, str) and value.endswith("%"):
        exact = number(value[:-1].strip())
        return float(exact) / 100 if exact is not None else 0.0
    return float(value) if isinstance(value, (int, float)) else 0.0
