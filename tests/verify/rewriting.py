"""Wrong versions of an expression or of a function, one small change each: a factor dropped, ⌈ ⌉ for ⌊ ⌋, a letter swapped.

`rewritten` takes the text of a formula; `recoded` takes Python functions and gives new code objects for them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from functools import partial
from typing import NamedTuple

from .operators import in_code, in_formulas

Variants = Callable[[ast.AST], Iterator[ast.AST | None]]
"""What may stand in a node's place; None where the statement is left out."""


class Changed(NamedTuple):
    """A tree with one node changed; `line`, and what stood there and stands there now."""

    tree: ast.AST
    line: int
    before: str
    after: str


def rewritten(text: str, letters: Collection[str]) -> list[str]:
    """Every text that is one change away from a formula's; `letters` are what a letter may be mistaken for."""
    tree = ast.parse(text, mode="eval")
    texts = [ast.unparse(c.tree) for c in changes(tree, tree, lambda node: in_formulas(node, letters))]
    own = ast.unparse(tree)
    whole = () if isinstance(tree.body, ast.Compare) else (f"({own}) + 1", f"({own}) - 1", f"2*({own})")
    return [t for t in dict.fromkeys((*whole, *texts)) if t != own]


def changes(tree: ast.AST, within: ast.AST, variants: Variants) -> Iterator[Changed]:
    """Copies of `tree`, each with one node below `within` changed."""
    order = {id(node): i for i, node in enumerate(ast.walk(tree))}
    for node, line in _places(within, 0):
        for variant in variants(node):
            copy = deepcopy(tree)
            target = next(n for i, n in enumerate(ast.walk(copy)) if i == order[id(node)])
            if variant is not None and ast.dump(variant) == ast.dump(target):
                continue
            after = "nothing" if variant is None else _first_words(ast.copy_location(variant, node))
            wrong = ast.fix_missing_locations(_Put(target, variant).visit(copy))
            yield Changed(wrong, line, _first_words(node), after)


def _first_words(node: ast.AST) -> str:
    """A node's text, of a statement with a body its head."""
    return ast.unparse(ast.fix_missing_locations(node)).partition("\n")[0]


def _places(node: ast.AST, line: int) -> Iterator[tuple[ast.AST, int]]:
    """The nodes that may be changed: no annotations, no docstrings, no names of quantities, no sentences."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "ctx") or (
            isinstance(node, ast.Dict) and name == "keys"
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_text(child):
                continue
            own = getattr(child, "lineno", line)
            yield child, own
            if not isinstance(child, ast.Raise):
                yield from _places(child, own)


def _is_text(node: ast.AST) -> bool:
    """A docstring, a sentence to the reader, or a statement that makes one."""
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        return True
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id in ("message", "help")
    translated = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    return translated or isinstance(node, (ast.JoinedStr, ast.Pass))


class _Put(ast.NodeTransformer):
    """Puts one node in another's place."""

    def __init__(self, target: ast.AST, variant: ast.AST | None) -> None:
        self.target = target
        self.variant = variant

    def visit(self, node: ast.AST) -> ast.AST:
        if node is not self.target:
            return self.generic_visit(node)
        if self.variant is None:
            return ast.Pass()
        return ast.copy_location(self.variant, node)


def recoded(tree: ast.Module, name: str, line: int) -> Iterator[Changed]:
    """Wrong versions of a module's tree, each with one change in the function that begins at `line`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == name and _first_line(node) == line:
            known = _vocabulary(node)
            yield from changes(tree, node, partial(in_code, known=known))


def _first_line(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def _vocabulary(function: ast.FunctionDef) -> dict[str, list[str]]:
    """Words and attributes that a function uses, which one may mistake for another."""
    found: dict[str, dict[str, None]] = {"words": {}, "attributes": {}}
    for node in ast.walk(function):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found["words"][node.value] = None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found["attributes"][node.attr] = None
    return {kind: list(names) for kind, names in found.items()}
