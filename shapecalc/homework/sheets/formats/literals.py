"""Values that a program gives names to, `conv1 = (28, 28, 6)`, `answers = {…}`, `conv1_params = 5*5*3*6 + 6`.

Nothing is run: literals are read as such, and arithmetic on numbers is handed on as its text. Pitfall: a program has names
of its own, so only one that is a layer's, or a layer's quantity, is an answer.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from typing import Any

from ...kinds import canonical
from ..columns import Names, a_layer, layer_and_quantity
from ..format import Format
from ..sheet import Sheet, merged
from ..tree import sheets

MAX_LENGTH = 200_000
MAX_NODES = 20_000
_SUMS = (ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)


def read(text: str, names: Names) -> list[Sheet]:
    """The sheet of a Python text's assignments; none where it gives no answers or is no Python."""
    if len(text) > MAX_LENGTH:
        return []
    lines = "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in text.splitlines())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(lines)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return []
    found, flat = list[Sheet](), dict[str, Any]()
    for name, value in _named(module):
        if isinstance(value, (dict, list, tuple)) and (table := _table(value, names)):
            found += table
        elif _answer(name, value, names):
            flat[name] = value
    return merged([*found, *(sheets(flat, names) if flat else [])])


def _answer(name: str, value: Any, names: Names) -> bool:
    """Whether a program's name is a layer's or a layer's quantity: `batch_size` is neither."""
    both = layer_and_quantity(name, names)
    if both:
        return a_layer(both[0], names)
    return a_layer(name, names) and not isinstance(value, (dict, str))


def _table(value: Any, names: Names) -> list[Sheet]:
    """The sheets of a literal, where rows of it are layers."""
    if not isinstance(value, dict) and not (value and isinstance(value[0], (list, tuple, dict))):
        return []
    return [
        sheet for sheet in sheets(value, names)
        if any(a_layer(row.name, names) or canonical(row.name) in names for row in sheet.rows)
    ]  # fmt: skip


def _named(module: ast.Module) -> Iterator[tuple[str, Any]]:
    """The names that are given a value, in order; the table in pd.DataFrame({…}) has one, too."""
    for node in module.body[:MAX_NODES]:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value:
            targets, value = [node.target], node.value
        elif isinstance(node, ast.Expr):
            targets, value = [ast.Name("")], node.value
        else:
            continue
        if isinstance(value, ast.Call) and value.args:
            value = value.args[0] if isinstance(value.args[0], (ast.Dict, ast.List)) else value
        known, plain = _value(value)
        if not known:
            continue
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, plain
            elif isinstance(target, ast.Subscript):
                yield ".".join(_keys(target)), plain
            elif (
                isinstance(target, ast.Tuple) and isinstance(plain, tuple) and len(plain) == len(target.elts)
            ):
                yield from ((t.id, v) for t, v in zip(target.elts, plain) if isinstance(t, ast.Name))


def _keys(target: ast.expr) -> list[str]:
    """The names in brackets of `answers["conv1"]["params"]`."""
    if isinstance(target, ast.Subscript):
        inner = target.slice
        return [*_keys(target.value), str(inner.value) if isinstance(inner, ast.Constant) else ""]
    return []


def _value(node: ast.expr) -> tuple[bool, Any]:
    """Whether a node is a literal or arithmetic on numbers, and its value; of arithmetic its text."""
    try:
        return True, _texts(ast.literal_eval(node))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        pass
    if isinstance(node, (ast.Tuple, ast.List)):
        parts = [_value(part) for part in node.elts]
        return all(known for known, _v in parts), tuple(v for _k, v in parts)
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        values = [_value(value) for value in node.values]
        keys = [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]
        return all(known for known, _v in values), dict(zip(keys, (v for _k, v in values)))
    inside = list(ast.walk(node))
    numbers = all(
        isinstance(n, _SUMS) or (isinstance(n, ast.Constant) and isinstance(n.value, (int, float)))
        for n in inside
    )
    if isinstance(node, (ast.BinOp, ast.UnaryOp)) and numbers and len(inside) < 200:
        return True, ast.unparse(node)
    return False, None


def _texts(value: Any) -> Any:
    """A literal with names that are texts."""
    if isinstance(value, dict):
        return {str(key): _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return value


FORMAT = Format((), read)
