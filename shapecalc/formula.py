"""One string is the formula that runs and the formula that is read; it is parsed once and cannot drift.

Pitfall: Python's own `max` and `if` want numbers. A formula runs on plain integers unless an algebra is handed in, so
that the same string can give a number, a closed form or a million numbers. Formulas are this package's own text and
never a user's; a test holds every one of them against the white list of the expression language.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .errors import ShapeError
from .expression import Expression, parse
from .record import Record
from .symbolic import Algebra, Symbolic, Undecided, ceil_div, holds

Letters = Mapping[str, Any]


_INTEGERS: dict[str, Any] = {
    "__builtins__": {},
    "min": min,
    "max": max,
    "ceil_div": ceil_div,
    "sum": sum,
    "range": range,
}
_IN_A_ROW = 20
_SUMS = (ast.GeneratorExp, ast.comprehension)


def _is_own(node: ast.AST) -> bool:
    """Whether a formula may have it, and a user's expression not: sums, and a maximum of any number of branches."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("sum", "range", "min", "max") and not node.keywords
    return isinstance(node, _SUMS)


def sum_of(terms: Sequence[str]) -> str:
    """The text `a + b + c + …`; Python would read thousands in a row as levels inside each other, so halves are summed."""
    if len(terms) <= _IN_A_ROW:
        return " + ".join(terms)
    half = len(terms) // 2
    return f"({sum_of(terms[:half])}) + ({sum_of(terms[half:])})"


class Formula:
    """An integer expression over letters, such as ``Formula("(N + 2*P - F) // S + 1")``; it is read when first used."""

    __slots__ = ("_code", "_compiled", "_equates", "_expression", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._expression: Expression | None = None
        self._code: Any = None
        self._equates = False
        self._compiled: dict[str, Callable[[Letters], Any]] = {}

    def __call__(self, letters: Letters) -> int:
        """The value with `letters` put in: an integer, or a closed form where a letter is one."""
        if self._code is None:
            self._code = compile(self.text, "<formula>", "eval")
            self._equates = "==" in self.text
        if self._equates and any(isinstance(v, Symbolic) for v in letters.values()):
            return self._in_letters(letters)
        try:
            return eval(self._code, {**_INTEGERS, **letters})  # type: ignore[no-any-return]  # noqa: S307
        except Undecided:
            return self._in_letters(letters)

    def _in_letters(self, letters: Letters) -> int:
        """The value where Python's own min, max and == have no answer."""
        letter = next(v for v in letters.values() if isinstance(v, Symbolic))
        found: int = self.compile(letter.space.algebra)(letters)
        return found

    def compile(self, algebra: Algebra) -> Callable[[Letters], Any]:
        """A function of the letters that computes in `algebra`."""
        if algebra.name not in self._compiled:
            body = _Rewrite(algebra).visit(ast.parse(self.text, mode="eval").body)
            argument = ast.arguments([], [ast.arg("_v")], None, [], [], None, [])
            module = ast.fix_missing_locations(ast.Expression(ast.Lambda(argument, body)))
            scope = {"__builtins__": {}, **algebra.functions}
            self._compiled[algebra.name] = eval(compile(module, "<formula>", "eval"), scope)  # noqa: S307
        return self._compiled[algebra.name]

    @property
    def expression(self) -> Expression:
        """The checked tree."""
        if self._expression is None:
            self._expression = parse(self.text, allow=_is_own, most=None)
        return self._expression

    @property
    def letters(self) -> list[str]:
        """The letters it needs, in order of appearance."""
        bound = {
            n.target.id
            for n in ast.walk(self.expression.tree)
            if isinstance(n, ast.comprehension) and isinstance(n.target, ast.Name)
        }
        return [n for n in self.expression.names() if n not in bound and n not in ("sum", "range")]

    def show(self, letters: Letters | None = None, latex: bool = False) -> str:
        """The formula in print, ⌊(N + 2·P − F) / S⌋ + 1; with `letters`, the numbers in their places."""
        from .expression.show import show

        return show(self.expression.tree, letters, latex)

    def __str__(self) -> str:
        return self.show()

    def __repr__(self) -> str:
        return f"Formula({self.text!r})"


class Requires(Record):
    """A condition that a shape rule needs; `message` and `cure` are sentences with {letters} in braces."""

    condition: Formula
    code: str
    message: str
    option: str | None = None
    cure: str = ""

    def check(self, letters: Letters) -> None:
        """Raise ShapeError where the condition fails for these numbers; of letters it is assumed, and recorded."""
        if not holds(self.condition(letters)):
            from .text import _

            cure = _(self.cure).format(**letters) if self.cure else None
            raise ShapeError(self.code, _(self.message).format(**letters), self.option, cure)


class _Rewrite(ast.NodeTransformer):
    """Letters become look-ups in `_v`; for an algebra of objects, if-else becomes `where` and == `equal`."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra
        self.bound: set[str] = set()

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.AST:
        for step in node.generators:
            assert isinstance(step.target, ast.Name)
            self.bound.add(step.target.id)
            step.iter = self.visit(step.iter)
        node.elt = self.visit(node.elt)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.bound or node.id in self.algebra.functions:
            return node
        return ast.Subscript(ast.Name("_v", ast.Load()), ast.Constant(node.id), ast.Load())

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return ast.Call(ast.Name("where", ast.Load()), [node.test, node.body, node.orelse], [])

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq) and "equal" in self.algebra.functions:
            return ast.Call(ast.Name("equal", ast.Load()), [node.left, *node.comparators], [])
        return node
