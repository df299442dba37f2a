"""A formula is rewritten as a forgetful student would: one pattern in its tree is replaced by another.

`a_`, `b_` and other names that end in `_` stand for anything. Pitfall: a pattern that is not there changes nothing, and
then the slip cannot have been made.
"""

from __future__ import annotations

import ast
from functools import lru_cache

from ...formula import Formula

_ONES = (("1 * a_", "a_"), ("a_ * 1", "a_"), ("1 // a_", "1"), ("a_ + 0", "a_"), ("0 + a_", "a_"))


@lru_cache(maxsize=4096)
def rewritten(text: str, old: str, new: str) -> Formula | None:
    """The formula `text` with every `old` replaced by `new`; None where it holds no `old`."""
    replace = _Replace(old, new)
    tree = replace.visit(ast.parse(text, mode="eval").body)
    return Formula(_tidy(tree)) if replace.done else None


def _tidy(tree: ast.AST) -> str:
    """The tree as text, with factors of 1 and terms of 0 dropped."""
    changed = True
    while changed:
        changed = False
        for old, new in _ONES:
            replace = _Replace(old, new)
            tree = replace.visit(tree)
            changed = changed or replace.done
    return ast.unparse(tree)


class _Replace(ast.NodeTransformer):
    """Replaces one pattern by another, everywhere, outermost first and once a place."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = _body(old), _body(new)
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        bound: dict[str, ast.AST] = {}
        if _match(self.old, node, bound):
            self.done = True
            return _Fill(bound).visit(_body_copy(self.new))  # type: ignore[no-any-return]
        return self.generic_visit(node)


class _Fill(ast.NodeTransformer):
    def __init__(self, bound: dict[str, ast.AST]) -> None:
        self.bound = bound

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self.bound.get(node.id, node)


def _match(pattern: ast.AST, node: ast.AST, bound: dict[str, ast.AST]) -> bool:
    if isinstance(pattern, ast.Name) and pattern.id.endswith("_"):
        if not isinstance(node, ast.expr):
            return False
        known = bound.setdefault(pattern.id, node)
        return ast.dump(known) == ast.dump(node)
    if type(pattern) is not type(node):
        return False
    for name in pattern._fields:
        a, b = getattr(pattern, name), getattr(node, name)
        if isinstance(a, list):
            if len(a) != len(b) or not all(_match(x, y, bound) for x, y in zip(a, b)):
                return False
        elif isinstance(a, ast.AST):
            if not _match(a, b, bound):
                return False
        elif a != b and name != "kind":
            return False
    return True


@lru_cache(maxsize=512)
def _body(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _body_copy(tree: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(tree), mode="eval").body
