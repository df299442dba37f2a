"""Text becomes a tree of Python's own `ast`, and only the nodes on a short white list get through.

Pitfall: nothing here evaluates anything. `3x3`, `$name` and `${expr}` are no Python, so they are replaced by stand-ins
of the same length: every error still points at the right column.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from ..errors import ShapecalcError
from ..record import Record
from ..text import _

MAX_LENGTH = 200
MAX_INTEGER = 10**18
FUNCTIONS = {
    "min": (2, 9),
    "max": (2, 9),
    "ceil_div": (2, 2),
    "round_to": (2, 2),
    "int": (1, 1),
    "ceil": (1, 1),
    "at": (1, 1),
}
AXES = ("C", "H", "W", "T", "D", "Z")

_SIZE = re.compile(r"(?<![\w.])\d+(?:(?:x|\s*×\s*)\d+)+(?![\w.])")
_DOLLAR = re.compile(r"\$\{([^{}]*)\}|\$(?=[^\W\d])")
_NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_BINARY = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_COMPARE = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_HARMLESS = (ast.BoolOp, ast.IfExp, ast.Name)


class ExpressionError(ShapecalcError):
    """An expression that cannot be read or worked out; `start` and `end` are offsets into its text."""

    def __init__(
        self, code: str, message: str, start: int = 0, end: int | None = None, help: str | None = None
    ) -> None:
        self.code = code
        self.message = message
        self.start = start
        self.end = end
        self.help = help
        super().__init__(message)


class Expression(Record):
    """A checked tree and the text it came from; `literals` holds the stand-ins for sizes such as `3x3`."""

    text: str
    tree: ast.expr
    literals: dict[str, tuple[int, ...]]

    def extent(self, node: ast.AST) -> tuple[int, int]:
        """Where `node` stands in the text, as character offsets."""
        line = self.text.encode()
        start, end = getattr(node, "col_offset", 0), getattr(node, "end_col_offset", None)
        return len(line[:start].decode(errors="ignore")), len(line[:end].decode(errors="ignore"))

    def names(self) -> list[str]:
        """The free names, in order of appearance."""
        found = (n.id for n in ast.walk(self.tree) if isinstance(n, ast.Name))
        return [n for n in dict.fromkeys(found) if n not in FUNCTIONS and n not in self.literals]


def number(text: str) -> int | float | None:
    """The value of a decimal literal, whole where it is whole (`5e6`, `4.2e9`), or None where `text` is none."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    if not match[2] and not match[3]:
        return int(text)
    if match[3]:
        from fractions import Fraction

        exact = Fraction(text) if abs(int(match[3][1:])) < 400 else Fraction(0)
        if exact.denominator == 1 and exact:
            return int(exact)
    return float(text)


def parse(text: str, allow: Callable[[ast.AST], bool] = lambda node: False) -> Expression:
    """Read `text`; raises ExpressionError (SC301 for the form, SC302 for what is not allowed).

    `allow` lets a caller admit further nodes; only layer formulas do, for their sums.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            "SC301", _("an expression may have {n} characters").format(n=MAX_LENGTH), 0, len(text)
        )
    literals: dict[str, tuple[int, ...]] = {}

    def stand_in(match: re.Match[str]) -> str:
        name = chr(0xA000 + len(literals)) * len(match[0])  # Yi syllables: letters that no spec is written in
        literals[name] = tuple(int(n) for n in re.split(r"\D+", match[0]))
        return name

    plain = _DOLLAR.sub(lambda m: " " if m[1] is None else f" ({m[1]})", text)
    plain = _SIZE.sub(stand_in, plain)
    lead = len(plain) - len(plain.lstrip())
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise _unreadable(text, getattr(error, "offset", None)) from None
    if lead:
        for node in ast.walk(tree):
            if hasattr(node, "col_offset"):
                node.col_offset += lead
                node.end_col_offset = (node.end_col_offset or 0) + lead  # type: ignore[attr-defined]
    expression = Expression(plain, tree, literals)
    _check(expression, tree, allow)
    return Expression(text, tree, literals)


def _unreadable(text: str, offset: int | None) -> ExpressionError:
    help = None
    if re.search(r"(?<![\w.])0\d", text):
        help = _("a number has no leading zero")
    elif "&&" in text or "||" in text or re.search(r"!(?!=)", text):
        help = _("write and, or, not")
    elif re.search(r"[（），；：＋－×＊／]", text):
        help = _("use the ASCII signs ( ) , + - * //")
    at = min(max((offset or 1) - 1, 0), max(len(text) - 1, 0))
    return ExpressionError(
        "SC301", _("this is not an expression: {text}").format(text=text), at, len(text), help
    )


def _check(whole: Expression, node: ast.AST, allow: Callable[[ast.AST], bool]) -> None:
    """Refuse every node that is not on the white list, with the sign the person should have written."""
    refusal = _refusal(whole, node)
    if refusal and not allow(node):
        raise ExpressionError("SC302", refusal[0], *whole.extent(node), refusal[1])
    if isinstance(node, ast.Call):
        children: list[ast.AST] = [] if _is(node, "at") else list(node.args)
    elif isinstance(node, ast.Attribute):
        children = []
    else:
        children = [n for n in ast.iter_child_nodes(node) if isinstance(n, (ast.expr, ast.comprehension))]
    for child in children:
        _check(whole, child, allow)


def _is(node: ast.AST, function: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function


def _refusal(whole: Expression, node: ast.AST) -> tuple[str, str | None] | None:
    if isinstance(node, _HARMLESS):
        return None
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, _BINARY):
            return None
        if isinstance(node.op, ast.Div):
            return _("/ would leave fractions"), _(
                "write // for whole division, or ceil_div(a, b) to round up"
            )
        if isinstance(node.op, ast.Pow):
            return _("** is not part of the language"), _("write the product out: a*a")
        return _("this operator is not part of the language"), _("there are + - * // %")
    if isinstance(node, ast.UnaryOp):
        return (
            None
            if isinstance(node.op, (ast.USub, ast.Not))
            else (_("this sign is not part of the language"), None)
        )
    if isinstance(node, ast.Compare):
        bad = [op for op in node.ops if not isinstance(op, _COMPARE)]
        return (
            (_("this comparison is not part of the language"), _("there are == != < <= > >="))
            if bad
            else None
        )
    if isinstance(node, ast.Constant):
        if type(node.value) not in (int, float):
            return _("only numbers and names stand in an expression"), None
        start, end = whole.extent(node)
        value = number(whole.text[start:end])
        if value is None:
            return _("{text} is not a decimal number").format(text=whole.text[start:end]), None
        if value > MAX_INTEGER:
            return _("numbers go up to 10^18"), None
        node.value = value
        return None
    if isinstance(node, ast.Attribute):
        return _attribute(node)
    if isinstance(node, ast.Call):
        return _call(node)
    return _("this is not part of the expression language"), _(
        "there are + - * // %, comparisons, a if c else b, and functions"
    )


def _attribute(node: ast.Attribute) -> tuple[str, str | None] | None:
    if node.attr not in AXES:
        return _("a shape has no {name}").format(name=node.attr), _("its axes are C H W T D")
    base = node.value
    while isinstance(base, ast.Attribute):
        base = base.value
    if isinstance(base, ast.Name) or _is(base, "at"):
        return _call(base) if isinstance(base, ast.Call) else None
    return _("only a layer or an input has axes"), None


def _call(node: ast.Call) -> tuple[str, str | None] | None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS:
        return _("there is no function {name}").format(name=name or "?"), _("there are {names}").format(
            names=" ".join(FUNCTIONS)
        )
    low, high = FUNCTIONS[name]
    if node.keywords or not low <= len(node.args) <= high:
        return _("{name} takes {n} values").format(name=name, n=low if low == high else f"{low}…"), None
    if name == "at" and not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
        return _("at() takes a name in quotes"), "at('stage1.3x3').H"
    return None
