"""An expression of a spec is worked out with checked arithmetic: whole numbers stay whole, sizes act per axis.

Pitfall: Python's `True + 1`, `(3, 3) * 2` and `7.0 // 2` all give something; here each is refused or means what a
reader expects.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..text import _
from .parse import Expression
from .tokens import MAX_INTEGER, ExpressionError

if TYPE_CHECKING:
    from typing import Protocol

    class Environment(Protocol):
        """What an expression's names stand for; both raise LookupError with a sentence where they stand for nothing."""

        def value(self, name: str) -> Any: ...

        def axis(self, path: str, axis: str) -> Any:
            """The size of one axis of an input or an earlier layer."""
            ...


_ARITHMETIC: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARISONS: dict[type[ast.AST], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def round_to(x: float, multiple: int) -> int:
    """The nearest multiple of `multiple`, never more than 10 % below x (make_divisible of MobileNet's code)."""
    rounded = max(multiple, int(x + multiple / 2) // multiple * multiple)
    return rounded + multiple if 10 * rounded < 9 * x else rounded


def evaluate(expression: Expression, environment: Environment) -> Any:
    """The value of `expression`: an int, float, bool, str or size. Raises ExpressionError with the place inside it."""
    return _Evaluation(expression, environment).of(expression.tree)


class _Evaluation:
    def __init__(self, expression: Expression, environment: Environment) -> None:
        self.expression = expression
        self.environment = environment

    def fail(self, node: ast.AST, code: str, message: str, help: str | None = None) -> ExpressionError:
        return ExpressionError(code, message, *self.expression.extent(node), help)

    def of(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.name(node)
        if isinstance(node, ast.BinOp):
            return self.arithmetic(node, type(node.op), self.of(node.left), self.of(node.right))
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                return not self.truth(node.operand)
            return self.arithmetic(node, ast.Mult, -1, self.of(node.operand))
        if isinstance(node, ast.Compare):
            return self.compare(node)
        if isinstance(node, ast.BoolOp):
            wanted = isinstance(node.op, ast.Or)
            return wanted if any(self.truth(v) is wanted for v in node.values) else not wanted
        if isinstance(node, ast.IfExp):
            return self.of(node.body) if self.truth(node.test) else self.of(node.orelse)
        if isinstance(node, ast.Attribute):
            return self.axis(node)
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        return self.call(node, node.func.id)

    def name(self, node: ast.Name) -> Any:
        if node.id in self.expression.literals:
            return self.expression.literals[node.id]
        if node.id in ("true", "false"):
            return node.id == "true"
        try:
            return self.environment.value(node.id)
        except LookupError as unknown:
            raise self.fail(node, "SC303", *unknown.args) from None

    def axis(self, node: ast.Attribute) -> Any:
        path, base = [], node.value
        while isinstance(base, ast.Attribute):
            path.append(base.attr)
            base = base.value
        if isinstance(base, ast.Call):
            first = base.args[0]
            path.append(first.value if isinstance(first, ast.Constant) else "")
        elif isinstance(base, ast.Name):
            path.append(base.id)
        try:
            return self.environment.axis(".".join(reversed(path)), node.attr)
        except LookupError as unknown:
            raise self.fail(node, "SC303", *unknown.args) from None

    def truth(self, node: ast.expr) -> bool:
        value = self.of(node)
        if isinstance(value, bool):
            return value
        raise self.fail(node, "SC304", _("this must be true or false, and it is {value}").format(value=value))

    def arithmetic(self, node: ast.expr, sign: type[ast.AST], a: Any, b: Any) -> Any:
        if isinstance(a, tuple) or isinstance(b, tuple):
            return self.per_axis(node, sign, a, b)
        for side in (a, b):
            if isinstance(side, (bool, str)) or side is None:
                raise self.fail(node, "SC304", _("{value} is not a number").format(value=_written(side)))
        if sign in (ast.FloorDiv, ast.Mod):
            if isinstance(a, float) or isinstance(b, float):
                raise self.fail(
                    node,
                    "SC304",
                    _("// and % are for whole numbers"),
                    _("round first: int(x), ceil(x), round_to(x, 8)"),
                )
            if b == 0:
                raise self.fail(node, "SC304", _("division by zero"))
        result = _ARITHMETIC[sign](a, b)
        if abs(result) > MAX_INTEGER:
            raise self.fail(node, "SC304", _("numbers go up to 10^18"))
        return result

    def per_axis(self, node: ast.expr, sign: type[ast.AST], a: Any, b: Any) -> tuple[Any, ...]:
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) != len(b):
            raise self.fail(node, "SC304", _("these sizes have different numbers of axes"))
        length = len(a) if isinstance(a, tuple) else len(b)
        left = a if isinstance(a, tuple) else (a,) * length
        right = b if isinstance(b, tuple) else (b,) * length
        return tuple(self.arithmetic(node, sign, p, q) for p, q in zip(left, right))

    def compare(self, node: ast.Compare) -> bool:
        left = self.of(node.left)
        for operation, right_node in zip(node.ops, node.comparators):
            right = self.of(right_node)
            if not isinstance(operation, (ast.Eq, ast.NotEq)) and not (
                _is_number(left) and _is_number(right)
            ):
                raise self.fail(node, "SC304", _("only numbers have an order"))
            if not _COMPARISONS[type(operation)](left, right):
                return False
            left = right
        return True

    def call(self, node: ast.Call, function: str) -> Any:
        if function == "at":
            raise self.fail(node, "SC302", _("at('name') is a layer; say which axis"), "at('stage1').H")
        values = [self.of(a) for a in node.args]
        if not all(_is_number(v) for v in values):
            raise self.fail(node, "SC304", _("{name} takes numbers").format(name=function))
        if function in ("min", "max"):
            return min(values) if function == "min" else max(values)
        if function in ("int", "ceil"):
            return int(values[0]) if function == "int" else math.ceil(values[0])
        if (
            not isinstance(values[1], int)
            or values[1] < 1
            or (function == "ceil_div" and not isinstance(values[0], int))
        ):
            raise self.fail(
                node, "SC304", _("{name} divides by a whole number of at least 1").format(name=function)
            )
        return -(-values[0] // values[1]) if function == "ceil_div" else round_to(values[0], values[1])


def _is_number(value: Any) -> bool:
    return not isinstance(value, (bool, str, tuple)) and value is not None


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
