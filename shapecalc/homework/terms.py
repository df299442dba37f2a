"""A term is a formula and the numbers that were put in: 5·5·3·6, the weights of a convolution.

The string that is printed is the string that was computed, so a term cannot say one thing and come to another.
Pitfall: a forgetful student changes a term in one place; a pattern that is not there changes nothing, and then the slip
cannot have been made.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Any

from ..formula import Formula
from ..record import Record

Number = int | Fraction


class Term(Record):
    """A formula with its letters; `exact` leaves its divisions unrounded."""

    formula: Formula
    letters: Mapping[str, Any]
    exact: bool = False

    def value(self) -> Number:
        """What it comes to."""
        if not self.exact:
            return self.formula(self.letters)
        letters = {name: Fraction(n) for name, n in self.letters.items() if isinstance(n, int)}
        found = Fraction(formula(self.formula.text.replace("//", "/"))(letters))
        return int(found) if found.denominator == 1 else found

    def show(self) -> str:
        """The formula with the numbers put in."""
        text = self.formula.show(self.letters)
        return text.translate({ord("⌊"): "(", ord("⌋"): ")"}) if self.exact else text

    def rewritten(self, old: str, new: str) -> Term | None:
        """With `old` in the formula replaced by `new`; None where it holds no `old`.

        `a_`, `b_` and other names that end in `_` stand for anything.
        """
        found = rewritten(self.formula.text, old, new)
        return Term(found, self.letters, self.exact) if found else None

    def by(self, text: str) -> Term:
        """By another formula over the same letters."""
        return Term(formula(text), self.letters, self.exact)

    def put(self, **letters: Any) -> Term:
        """With other numbers for some letters."""
        return Term(self.formula, {**self.letters, **letters}, self.exact)

    def has(self, letter: str) -> bool:
        return letter in letters_in(self.formula.text)


def constant(n: Any) -> Term:
    """A number that stands for itself."""
    return Term(formula("M"), {"M": n})


def total(terms: Iterable[Term], scale: tuple[int, ...] = ()) -> Number:
    """The terms added up, and the factors that multiply them all."""
    found: Number = sum(term.value() for term in terms)
    return prod(scale) * found


def written(terms: Iterable[Term], scale: tuple[int, ...] = ()) -> str:
    """The same in print: 2·(28·28·5·5·3·6 + 28·28·6)."""
    shown = [term.show() for term in terms]
    if len(shown) > 1:
        shown = [f"({text})" if _is_sum(text) else text for text in shown]
    text = " + ".join(shown)
    factors = "·".join(str(n) for n in scale if n != 1)
    if not factors or not text:
        return text
    return f"{factors}·{text}" if len(shown) == 1 and _is_product(text) else f"{factors}·({text})"


def _is_sum(text: str) -> bool:
    """Return True if a + or − stands in it outside all brackets."""
    depth = 0
    for sign in text:
        depth += (sign in "(⌊⌈") - (sign in ")⌋⌉")
        if not depth and sign in "+−":
            return True
    return False


def _is_product(text: str) -> bool:
    return not any(sign in text for sign in ("+", "−", "/", "⌊"))


_FORMULAS: dict[str, Formula] = {}


def formula(text: str) -> Formula:
    """The same text is the same object, and so compiled once."""
    if text not in _FORMULAS:
        _FORMULAS[text] = Formula(text)
    return _FORMULAS[text]


@lru_cache(maxsize=4096)
def letters_in(text: str) -> frozenset[str]:
    """The letters of a formula's text."""
    return frozenset(n.id for n in ast.walk(_body(text)) if isinstance(n, ast.Name))


_ONES = (("1 * a_", "a_"), ("a_ * 1", "a_"), ("1 // a_", "1"), ("a_ + 0", "a_"), ("0 + a_", "a_"))


@lru_cache(maxsize=4096)
def rewritten(text: str, old: str, new: str) -> Formula | None:
    """The formula `text` with every `old` replaced by `new`; None where it holds no `old`."""
    replace = _Replace(old, new)
    tree = replace.visit(ast.parse(text, mode="eval").body)
    return formula(_tidy(tree)) if replace.done else None


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
        self.old, self.new = _body(old), new
        self.done = False

    def visit(self, node: ast.AST) -> ast.AST:
        bound: dict[str, ast.AST] = {}
        if _match(self.old, node, bound):
            self.done = True
            return _Fill(bound).visit(ast.parse(self.new, mode="eval").body)  # type: ignore[no-any-return]
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


@lru_cache(maxsize=4096)
def _body(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
