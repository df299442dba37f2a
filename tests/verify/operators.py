"""One node of a syntax tree, and what may wrongly stand in its place."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping

SWAPS: Mapping[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Add,), ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.FloorDiv,),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip


COMMUTATIVE = ("np.add", "np.multiply", "np.maximum", "np.minimum")
CONVERSIONS = ("float", "int", "list", "tuple", "np.float32", "_axes.rowwise")
"""Functions that change how a value is held and not the value."""


def in_formulas(node: ast.AST, letters: Collection[str]) -> Iterator[ast.AST | None]:
    """What may wrongly stand in a formula in the place of `node`."""
    yield from _arithmetic(node)
    if isinstance(node, ast.Name) and node.id not in ("min", "max", "ceil_div", "sum", "range"):
        yield from (ast.Name(letter, ast.Load()) for letter in letters if letter != node.id)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("min", "max"):
            yield ast.Call(ast.Name("max" if node.func.id == "min" else "min", ast.Load()), node.args, [])
            yield from node.args
        elif node.func.id == "ceil_div":
            yield ast.BinOp(node.args[0], ast.FloorDiv(), node.args[1])
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        yield ast.Call(ast.Name("ceil_div", ast.Load()), [node.left, node.right], [])


def in_code(node: ast.AST, known: Mapping[str, list[str]]) -> Iterator[ast.AST | None]:
    """What may wrongly stand in a function in the place of `node`; None leaves a statement out."""
    yield from _arithmetic(node)
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, str) and node.value in known["words"]:
            yield from (ast.Constant(word) for word in known["words"] if word != node.value)
    elif (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in known["attributes"]
    ):
        for name in known["attributes"]:
            if name != node.attr:
                yield ast.Attribute(node.value, name, node.ctx)
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, (ast.If, ast.While)):
        yield type(node)(ast.Constant(False), node.body, node.orelse)
        if isinstance(node, ast.If):
            yield ast.If(ast.Constant(True), node.body, node.orelse)
    elif isinstance(node, ast.Slice):
        yield from _slices(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, (ast.Expr, ast.AugAssign, ast.Raise)) or _fills(node):
        yield None
        yield from _unwritten(node)
    elif isinstance(node, ast.For):
        yield ast.For(node.target, _short(node.iter, first=True), node.body, node.orelse)
        yield ast.For(node.target, _short(node.iter, first=False), node.body, node.orelse)
    elif isinstance(node, ast.comprehension):
        yield ast.comprehension(node.target, _short(node.iter, first=True), node.ifs, 0)
        yield ast.comprehension(node.target, _short(node.iter, first=False), node.ifs, 0)
        if node.ifs:
            yield ast.comprehension(node.target, node.iter, [], 0)


def _arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    """What may be wrong in a formula and in code alike."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        if node.value > 0:
            yield ast.Constant(node.value - 1)
    elif isinstance(node, ast.BinOp):
        for swap in SWAPS.get(type(node.op), ()):
            yield ast.BinOp(node.left, swap(), node.right)  # type: ignore[arg-type]
        yield node.left
        yield node.right
    elif isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for swap in SWAPS.get(type(op), ()):
                yield ast.Compare(node.left, [*node.ops[:i], swap(), *node.ops[i + 1 :]], node.comparators)  # type: ignore[list-item]
    elif isinstance(node, ast.BoolOp):
        for swap in SWAPS[type(node.op)]:
            yield ast.BoolOp(swap(), node.values)  # type: ignore[arg-type]
        yield from node.values
    elif isinstance(node, ast.UnaryOp):
        yield node.operand


def _slices(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower:
        yield ast.Slice(None, node.upper, node.step)
    if node.upper:
        yield ast.Slice(node.lower, None, node.step)
    if node.step:
        yield ast.Slice(node.lower, node.upper, None)


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """A call that is not made, lacks an argument, or has two of them the wrong way round."""
    args, name = node.args, ast.unparse(node.func)
    if args and name not in CONVERSIONS and not isinstance(args[0], (ast.Starred, ast.GeneratorExp)):
        yield args[0]
    for i in range(len(args) - 1):
        one_sided = name not in COMMUTATIVE or i > 0
        if one_sided and not isinstance(args[i], ast.Starred) and not isinstance(args[i + 1], ast.Starred):
            yield ast.Call(node.func, [*args[:i], args[i + 1], args[i], *args[i + 2 :]], node.keywords)
    if args and name not in CONVERSIONS:
        yield ast.Call(node.func, args[:-1], node.keywords)
    for i, keyword in enumerate(node.keywords):
        if keyword.arg not in ("out", "strict"):
            yield ast.Call(node.func, args, [*node.keywords[:i], *node.keywords[i + 1 :]])


def _unwritten(node: ast.AST) -> Iterator[ast.AST]:
    """A statement whose result goes nowhere."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        call = node.value
        if any(keyword.arg == "out" for keyword in call.keywords):
            yield ast.Expr(ast.Call(call.func, call.args, [k for k in call.keywords if k.arg != "out"]))


def _fills(node: ast.AST) -> bool:
    """A statement that writes into an array."""
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)


def _short(iterable: ast.expr, first: bool) -> ast.expr:
    """All of an iterable but its first, or its last."""
    everything = ast.Call(ast.Name("list", ast.Load()), [iterable], [])
    cut = (
        ast.Slice(ast.Constant(1), None, None)
        if first
        else ast.Slice(None, ast.UnaryOp(ast.USub(), ast.Constant(1)), None)
    )
    return ast.Subscript(everything, cut, ast.Load())
