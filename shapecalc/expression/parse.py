"""Text becomes a tree of Python's own `ast`, and only the nodes on a short white list get through.

Pitfall: nothing here evaluates anything. `3x3`, `$name` and `${expr}` are no Python, so they are replaced by stand-ins
of the same length: every error still points at the right column.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from ..errors import there_are
from ..pattern import Pattern
from ..record import Record
from ..text import _
from .tokens import MAX_INTEGER, ExpressionError, check, number

MAX_LENGTH = 200
MAX_NESTING = 40
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
Allow = Callable[[ast.AST], bool]

_SIZE = Pattern(r"'[^']*'|\"[^\"]*\"|(?<![\w.])[0-9]+(?:(?:x|\s*×\s*)[0-9]+)+(?![\w.])")
_DOLLAR = Pattern(r"\$\{([^{}]*)\}|\$(?=[^\W\d])")
"""Text in quotes is no size: at('3x3')."""
_BINARY = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_COMPARE = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_HARMLESS = (ast.BoolOp, ast.IfExp, ast.Name)
Refusal = tuple[str, "str | None"]


class Expression(Record):
    """A checked tree and the text it came from; `literals` holds the stand-ins for sizes such as `3x3`."""

    text: str
    tree: ast.expr
    literals: dict[str, tuple[int, ...]]

    def extent(self, node: ast.AST) -> tuple[int, int]:
        """Where `node` stands in the text, as character offsets."""
        return node.col_offset, node.end_col_offset  # type: ignore[attr-defined]

    def names(self) -> list[str]:
        """The free names, in order of appearance; a layer or input before a dot is none."""
        return list(dict.fromkeys(node.id for node in self.free()))

    def free(self) -> Iterator[ast.Name]:
        """Every place of a free name."""
        return (n for n in _values(self.tree) if n.id not in self.literals)

    def fraction(self) -> tuple[int, int] | None:
        """Where a number that is not whole stands, if there is one."""
        found = (n for n in ast.walk(self.tree) if isinstance(n, ast.Constant) and isinstance(n.value, float))
        return next(map(self.extent, found), None)


def _values(node: ast.AST) -> Iterator[ast.Name]:
    if isinstance(node, ast.Name):
        yield node
    elif not isinstance(node, ast.Attribute):
        skipped = node.func if isinstance(node, ast.Call) else None
        for child in ast.iter_child_nodes(node):
            if child is not skipped:
                yield from _values(child)


def parse(text: str, allow: Allow | None = None, most: int | None = MAX_LENGTH) -> Expression:
    """Read `text`; raises ExpressionError (SC301 for the form, SC302 for what is not allowed).

    `allow` lets a caller admit further nodes, and `most` more characters than a user has; layer formulas do both.
    """
    return _cached(text) if allow is None else _parse(text, allow, most)


@lru_cache(maxsize=4096)
def _cached(text: str) -> Expression:
    return _parse(text, lambda node: False)


def _parse(text: str, allow: Allow, most: int | None = MAX_LENGTH) -> Expression:
    if most is not None and len(text) > most:
        message = _("an expression has at most {n} characters").format(n=most)
        raise ExpressionError("SC301", message, 0, None, _("name its parts under params:"))
    literals: dict[str, tuple[int, ...]] = {}

    def stand_in(match: re.Match[str]) -> str:
        if match[0][0] in "'\"":
            return match[0]
        sizes = re.split(r"\D+", match[0])
        if any(len(size) > 1 and size[0] == "0" for size in sizes) or re.match(r"0x", match[0]):
            return match[0]
        name = chr(0xA000 + len(literals)) * len(match[0])  # Yi syllables: letters that no spec is written in
        literals[name] = tuple(map(int, sizes))
        return name

    plain = re.sub(r"\s", " ", text)
    plain = _DOLLAR.sub(lambda m: " " if m[1] is None else f" ({m[1]})", plain)
    plain = _SIZE.sub(stand_in, plain)
    check(plain)
    lead = len(plain) - len(plain.lstrip())
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise _unreadable(text, getattr(error, "offset", None), lead) from None
    _place(tree, plain, lead)
    expression = Expression(text, tree, literals)
    _check(expression, tree, allow, 0)
    return expression


def _place(tree: ast.AST, plain: str, lead: int) -> None:
    """Turn Python's offsets, in bytes of the stripped text, into characters of the whole one."""
    line = None if plain.isascii() else plain[lead:].encode()
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            for name in ("col_offset", "end_col_offset"):
                offset = getattr(node, name) or 0
                setattr(
                    node,
                    name,
                    lead + (offset if line is None else len(line[:offset].decode(errors="ignore"))),
                )


def _unreadable(text: str, offset: int | None, lead: int) -> ExpressionError:
    at = (offset or 1) - 1 + lead
    shown = " ".join(text.split())
    last = re.search(r"(?:[-+*/%<>=]|\b(?:and|or|not|if|else))\s*$", text)
    help = _("an expression is like 4*mid, kernel // 2 or max(a, b)")
    if shown.count("(") != shown.count(")"):
        at, help = text.find("(") if "(" in text else text.find(")"), _("count the parentheses")
    elif last:
        at, help = last.start(), _("something is missing at the end")
    elif re.search(r"\bif\b", shown) and not re.search(r"\belse\b", shown):
        at, help = text.find("if"), _("write a if condition else b")
    if not 0 <= at < len(text):
        at = 0
    word = Pattern(r"\w+|\S").match(text, at)
    return ExpressionError(
        "SC301",
        _("this is not an expression: {text}").format(text=shown),
        at,
        word.end() if word else at + 1,
        help,
    )


def _check(whole: Expression, node: ast.AST, allow: Allow, depth: int) -> None:
    """Refuse every node that is not on the white list, with the sign the person should have written."""
    refusal = _refusal(whole, node)
    if refusal and not allow(node):
        raise ExpressionError("SC302", refusal[0], *whole.extent(node), refusal[1])
    if depth > MAX_NESTING:
        raise ExpressionError(
            "SC301", _("this is nested too deeply"), 0, None, _("name its parts under params:")
        )
    if isinstance(node, ast.Call):
        children: list[ast.AST] = [] if _is(node, "at") else list(node.args)
    elif isinstance(node, ast.Attribute):
        children = []
    else:
        children = [n for n in ast.iter_child_nodes(node) if isinstance(n, (ast.expr, ast.comprehension))]
    for child in children:
        _check(whole, child, allow, depth + 1)


def _is(node: ast.AST, function: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function


def _refusal(whole: Expression, node: ast.AST) -> Refusal | None:
    if isinstance(node, _HARMLESS):
        return None
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare)):
        return _sign(node)
    if isinstance(node, ast.Constant):
        return _constant(whole, node)
    if isinstance(node, ast.Attribute):
        return _attribute(node)
    if isinstance(node, ast.Call):
        return _call(node)
    if isinstance(node, ast.Tuple):
        return _("an expression has one value, and commas make several"), _(
            "a list stands without quotes: [1, 7]"
        )
    return _("this is not part of the expression language"), _(
        "there are + - * // %, comparisons, a if c else b, and functions"
    )


def _sign(node: ast.BinOp | ast.UnaryOp | ast.Compare) -> Refusal | None:
    if isinstance(node, ast.UnaryOp):
        if isinstance(node.op, (ast.USub, ast.Not)):
            return None
        return _("a number has no + before it"), _("leave the + out")
    if isinstance(node, ast.Compare):
        if all(isinstance(op, _COMPARE) for op in node.ops):
            return None
        return _("this comparison is not part of the language"), _("there are == != < <= > >=")
    if isinstance(node.op, _BINARY):
        return None
    if isinstance(node.op, ast.Div):
        return _("/ would leave fractions"), _("write // for whole division, or ceil_div(a, b) to round up")
    if isinstance(node.op, ast.Pow):
        return _("** is not part of the language"), _("write the product out: a*a")
    return _("this sign is not part of the language"), _("there are + - * // %")


def _constant(whole: Expression, node: ast.Constant) -> Refusal | None:
    if isinstance(node.value, bool):
        return _("{text} is not a word of the language").format(text=node.value), _("write true or false")
    start, end = whole.extent(node)
    text = whole.text[start:end]
    if type(node.value) not in (int, float):
        return _("only numbers and names stand in an expression"), _(
            "take the quotes away, or write at('name').C"
        )
    value = number(text)
    if value is None:
        return _("{text} is not a decimal number").format(text=text), f"0{text}" if text[0] == "." else None
    if value > MAX_INTEGER:
        return _("numbers go up to 10^18"), _("write a smaller one")
    node.value = value
    return None


def _attribute(node: ast.Attribute) -> Refusal | None:
    if node.attr not in AXES:
        return _("there is no axis {name}").format(name=node.attr), _("the axes are C H W T D, as in input.C")
    base = node.value
    while isinstance(base, ast.Attribute):
        base = base.value
    if isinstance(base, ast.Name) or _is(base, "at"):
        return _call(base) if isinstance(base, ast.Call) else None
    return _("only a layer or an input has axes"), _("write input.C, conv1.H or at('stage1.3x3').H")


def _call(node: ast.Call) -> Refusal | None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS:
        message = _("there is no function {name}").format(name=name) if name else _("this cannot be called")
        return message, there_are(FUNCTIONS)
    low, high = FUNCTIONS[name]
    starred = any(isinstance(a, ast.Starred) for a in node.args)
    if node.keywords or starred or not low <= len(node.args) <= high:
        help = {"at": "at('stage1.3x3').H", "round_to": "round_to(x, 8)", "ceil_div": "ceil_div(a, b)"}.get(
            name, f"{name}(x)"
        )
        return _("{name} takes {n} values").format(name=name, n=low if low == high else f"{low}…{high}"), (
            f"{name}(a, b)" if high > 2 else help
        )
    if name == "at" and not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
        return _("at() takes a name in quotes"), "at('stage1.3x3').H"
    return None
