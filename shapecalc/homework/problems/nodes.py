"""Pieces of a problem file put together anew as a spec, each still knowing the line and column it was written at.

Pitfall: a piece that nobody wrote (a default, a name) has the place of what it belongs to, so that a mistake found later
always points into the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from typing import Any

from ...expression.tokens import number
from ...spec.tree import Mapping, Scalar, Sequence, Tree

Fields = Lookup[str, Tree]


def build(value: Any, at: Tree) -> Tree:
    """A tree for a number, word, list, mapping or tree, at the place of `at`."""
    if isinstance(value, Tree):
        return value
    place = (at.line, at.column, at.end_line, at.end_column)
    if isinstance(value, Lookup):
        mapping = Mapping(at.source, *place)
        mapping.pairs = [(text(key, at), build(item, at)) for key, item in value.items()]
        return mapping
    if isinstance(value, (list, tuple)):
        sequence = Sequence(at.source, *place)
        sequence.items = [build(item, at) for item in value]
        return sequence
    return text(value, at)


def text(value: Any, at: Tree) -> Scalar:
    """A scalar that says `value`; true, false and null as YAML writes them."""
    said = {True: "true", False: "false", None: ""}[value] if value is None or value is True or value is False else str(value)  # fmt: skip
    return Scalar(said, "", at.source, at.line, at.column, at.end_line, at.end_column)


def fields(node: Tree | None) -> dict[str, Tree]:
    """The values of a mapping by key; of anything else nothing."""
    return {key.text: item for key, item in node.pairs} if isinstance(node, Mapping) else {}


def items(node: Tree | None) -> list[Tree]:
    """The items of a list; one value by itself is a list of one."""
    if node is None or (isinstance(node, Scalar) and node.null):
        return []
    return node.items if isinstance(node, Sequence) else [node]


def plain(node: Tree | None) -> Any:
    """The node as numbers, words, lists and mappings; text in quotes stays text."""
    if isinstance(node, Mapping):
        return {key.text: plain(item) for key, item in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if not isinstance(node, Scalar) or node.null:
        return None
    if node.style:
        return node.text
    word = node.text.strip()
    if word in ("true", "false"):
        return word == "true"
    negative = word.startswith("-")
    exact = number(word.removeprefix("-"))
    if exact is None:
        return word
    return -exact if negative else exact


def whole(node: Tree | None) -> int | None:
    """The node's whole number, or None."""
    value = plain(node)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def sizes(node: Tree | None) -> tuple[int, ...]:
    """The whole numbers of `3`, `[5, 3]` or `5x3`; empty where there is anything else."""
    import re

    value = plain(node)
    if isinstance(value, str) and re.fullmatch(r"\s*\d+(\s*[x×]\s*\d+)+\s*", value):
        value = [int(part) for part in re.findall(r"\d+", value)]
    listed: Iterable[Any] = value if isinstance(value, list) else [value]
    found = tuple(listed)
    return found if all(isinstance(n, int) and not isinstance(n, bool) for n in found) else ()
