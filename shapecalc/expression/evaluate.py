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

from ..symbolic import Symbolic, Undecided, is_whole
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


def exact_quotient(a: Any, b: Any) -> Any:
    """The quotient as it is, a whole number where it is one."""
    from fractions import Fraction

    quotient = Fraction(a) / b
    return int(quotient) if quotient.denominator == 1 else quotient


_ARITHMETIC: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Div: exact_quotient,
    ast.Pow: operator.pow,
}
"""The last two only where a caller's `allow` let them through the parser: no spec has them."""
MAX_POWER_BITS = 400
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
    half = (2 * x + multiple) // 2 if isinstance(x, int) else int(x + multiple / 2)
    rounded = max(multiple, half // multiple * multiple)
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
            path.append(str(first.value) if isinstance(first, ast.Constant) else "")
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
        message = _("this must be true or false, and it is {value}").format(value=_written(value))
        raise self.fail(node, "SC304", message, _("compare it: x > 0"))

    def arithmetic(self, node: ast.expr, sign: type[ast.AST], a: Any, b: Any) -> Any:
        if isinstance(a, tuple) or isinstance(b, tuple):
            return self.per_axis(node, sign, a, b)
        for side in (a, b):
            if not _is_number(side):
                raise self.no_number(node, side)
        if sign in (ast.FloorDiv, ast.Mod) and not (is_whole(a) and is_whole(b)):
            help = _("round first: int(x), ceil(x) or round_to(x, 8)")
            raise self.fail(node, "SC304", _("// and % are for whole numbers"), help)
        if sign in (ast.FloorDiv, ast.Mod, ast.Div) and b == 0:
            raise self.fail(node, "SC304", _("division by zero"), _("the divisor must be at least 1"))
        if sign is ast.Pow:
            self.sized(node, a, b)
        result = _ARITHMETIC[sign](a, b)
        if not isinstance(result, Symbolic) and abs(result) > MAX_INTEGER:
            raise self.fail(node, "SC304", _("numbers go up to 10^18"), _("this product or sum is larger"))
        return result

    def sized(self, node: ast.expr, base: Any, power: Any) -> None:
        """Refuse a power before it is worked out: 9**9**9 has 370 million digits."""
        if not is_whole(power) or power < 0:
            raise self.fail(node, "SC304", _("a power must be whole"))
        bits = max(abs(base.numerator), base.denominator).bit_length()
        if bits * power > MAX_POWER_BITS:
            raise self.fail(node, "SC304", _("numbers go up to 10^18"), _("this product or sum is larger"))

    def no_number(self, node: ast.expr, value: Any) -> ExpressionError:
        message = _("{value} is not a number").format(value=_written(value))
        help = (
            _("write a if condition else b")
            if isinstance(value, bool)
            else _("only numbers and sizes are computed with")
        )
        return self.fail(node, "SC304", message, help)

    def per_axis(self, node: ast.expr, sign: type[ast.AST], a: Any, b: Any) -> tuple[Any, ...]:
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) != len(b):
            message = _("{a} and {b} have different numbers of axes").format(a=_written(a), b=_written(b))
            raise self.fail(
                node, "SC304", message, _("give both the same number of axes, or one of them one number")
            )
        length = len(a) if isinstance(a, tuple) else len(b)
        left = a if isinstance(a, tuple) else (a,) * length
        right = b if isinstance(b, tuple) else (b,) * length
        return tuple(self.arithmetic(node, sign, p, q) for p, q in zip(left, right))

    def compare(self, node: ast.Compare) -> bool:
        left = self.of(node.left)
        for operation, right_node in zip(node.ops, node.comparators):
            right = self.of(right_node)
            ordered = not isinstance(operation, (ast.Eq, ast.NotEq))
            if ordered and not (_is_number(left) and _is_number(right)):
                odd = left if not _is_number(left) else right
                message = _("{value} is not a number, and only numbers have an order").format(
                    value=_written(odd)
                )
                raise self.fail(node, "SC304", message, _("compare it with == or !="))
            if isinstance(left, bool) is not isinstance(right, bool):
                message = _("{a} and {b} cannot be compared").format(a=_written(left), b=_written(right))
                raise self.fail(node, "SC304", message, _("one is true or false, and the other is not"))
            if not self.compared(node, operation, left, right):
                return False
            left = right
        return True

    def compared(self, node: ast.Compare, operation: ast.cmpop, left: Any, right: Any) -> bool:
        """Whether the comparison holds; of letters it must hold, or fail, whatever they will be."""
        a, b = (left, right) if isinstance(left, Symbolic) else (right, left)
        try:
            if isinstance(operation, (ast.Eq, ast.NotEq)) and isinstance(a, Symbolic) and _is_number(b):
                return bool(a.equals(b)) is isinstance(operation, ast.Eq)
            return bool(_COMPARISONS[type(operation)](left, right))
        except Undecided as open_:
            message = _("whether {condition} depends on what the letters will be").format(condition=open_)
            raise self.fail(
                node, "SC219", message, _("give a number: --set NAME=128, or --input 224x224x3")
            ) from None

    def call(self, node: ast.Call, function: str) -> Any:
        if function == "at":
            raise self.fail(node, "SC302", _("at('name') is a layer; say which axis"), "at('stage1').H")
        values = [self.of(a) for a in node.args]
        for argument, value in zip(node.args, values):
            if not _is_number(value):
                message = _("{name} takes numbers, and this is {value}").format(
                    name=function, value=_written(value)
                )
                raise self.fail(argument, "SC304", message, _("sizes have no order; write one number"))
        letter = next((v for v in values if isinstance(v, Symbolic)), None)
        if function in ("min", "max"):
            if letter is not None:
                return letter.space.extreme(function, values)
            return min(values) if function == "min" else max(values)
        if function in ("int", "ceil"):
            if letter is not None:
                return letter // 1 if function == "int" else -(-letter // 1)
            return int(values[0]) if function == "int" else math.ceil(values[0])
        x, by = values
        if not isinstance(by, int) or by < 1:
            message = _("{name} needs a whole number of at least 1 here").format(name=function)
            raise self.fail(node.args[1], "SC304", message, f"{function}(x, 8)")
        if function == "round_to":
            return round_to(x, by) if letter is None else letter.space.call("round_to", (x, by))
        if not is_whole(x):
            message = _("{name} needs a whole number of at least 1 here").format(name=function)
            raise self.fail(node.args[0], "SC304", message, _("ceil(x) rounds a fraction up"))
        return (x + by - 1) // by


def _is_number(value: Any) -> bool:
    """Whether there is arithmetic for it; a truth value has none."""
    return not isinstance(value, bool) and hasattr(value, "__floordiv__")


def _written(value: Any) -> str:
    """A value as a spec writes it."""
    if isinstance(value, tuple):
        return "x".join(map(_written, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
