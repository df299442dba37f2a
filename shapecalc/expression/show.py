"""A formula as people write it: ⌊(N + 2·P − F) / S⌋ + 1, the same with numbers put in, or LaTeX.

Pitfall: parentheses follow the printed signs and not Python's: a floor carries its own brackets, so `(a) // b * c`
needs none around the quotient.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

_CHOICE, _OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _ATOM = range(-4, 4)
_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "·", ast.Mod: "mod"}
_COMPARE = {ast.Eq: "=", ast.NotEq: "≠", ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥"}
_LATEX = {
    "·": r" \cdot ",
    "−": " - ",
    "+": " + ",
    "mod": r" \bmod ",
    "≠": r" \neq ",
    "≤": r" \leq ",
    "≥": r" \geq ",
}


def show(tree: ast.expr, letters: Mapping[str, Any] | None = None, latex: bool = False) -> str:
    """`tree` in print; with `letters`, their values stand in the letters' places."""
    return _Printer(letters or {}, latex).of(tree)[0]


def _roman(name: str) -> str:
    r"""A name for LaTeX: a letter in italics as it is, a word upright."""
    return name if len(name) == 1 else rf"\mathrm{{{name}}}"


class _Printer:
    def __init__(self, letters: Mapping[str, Any], latex: bool) -> None:
        self.letters = letters
        self.latex = latex

    def sign(self, sign: str) -> str:
        return _LATEX.get(sign, f" {sign} ") if self.latex else (sign if sign == "·" else f" {sign} ")

    def of(self, node: ast.expr, need: int = _CHOICE) -> tuple[str, int]:
        text, strength = self.plain(node)
        if strength < need:
            return (rf"\left({text}\right)" if self.latex else f"({text})"), _ATOM
        return text, strength

    def plain(self, node: ast.expr) -> tuple[str, int]:
        if isinstance(node, ast.Constant):
            return str(node.value), _ATOM
        if isinstance(node, ast.Name):
            return self.name(node.id)
        if isinstance(node, ast.BinOp):
            return self.binary(node)
        if isinstance(node, ast.UnaryOp):
            return self.unary(node)
        if isinstance(node, ast.Compare):
            parts = [self.of(node.left, _SUM)[0]]
            for operation, right in zip(node.ops, node.comparators):
                parts += [self.sign(_COMPARE[type(operation)]), self.of(right, _SUM)[0]]
            return "".join(parts), _TEST
        if isinstance(node, ast.BoolOp):
            word, strength = (" and ", _AND) if isinstance(node.op, ast.And) else (" or ", _OR)
            joint = rf"\text{{{word}}}" if self.latex else word
            return joint.join(self.of(v, strength + 1)[0] for v in node.values), strength
        if isinstance(node, ast.IfExp):
            return self.choice(node)
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        return self.call(node.func.id, node.args)

    def unary(self, node: ast.UnaryOp) -> tuple[str, int]:
        if isinstance(node.op, ast.Not):
            return (r"\text{not }" if self.latex else "not ") + self.of(node.operand, _NOT)[0], _NOT
        return ("-" if self.latex else "−") + self.of(node.operand, _PRODUCT)[0], _SUM

    def name(self, name: str) -> tuple[str, int]:
        if name in self.letters:
            text = str(self.letters[name])
            text = text if self.latex else text.replace("-", "−")
            return text, _ATOM if text.isalnum() else _SUM
        if self.latex:
            head, _bar, tail = name.partition("_")
            return _roman(head) + (f"_{{{_roman(tail)}}}" if tail else ""), _ATOM
        return name, _ATOM

    def binary(self, node: ast.BinOp) -> tuple[str, int]:
        if isinstance(node.op, ast.FloorDiv):
            return self.quotient("⌊", node.left, node.right, "⌋")
        strength = _SUM if isinstance(node.op, (ast.Add, ast.Sub)) else _PRODUCT
        left = self.of(node.left, strength)[0]
        right = self.of(node.right, strength + (0 if isinstance(node.op, (ast.Add, ast.Mult)) else 1))[0]
        return left + self.sign(_SIGNS[type(node.op)]) + right, strength

    def quotient(self, left: str, a: ast.expr, b: ast.expr, right: str) -> tuple[str, int]:
        if self.latex:
            word = "floor" if left == "⌊" else "ceil"
            return rf"\left\l{word} \frac{{{self.of(a)[0]}}}{{{self.of(b)[0]}}} \right\r{word}", _ATOM
        return f"{left}{self.of(a, _PRODUCT)[0]} / {self.of(b, _ATOM)[0]}{right}", _ATOM

    def choice(self, node: ast.IfExp) -> tuple[str, int]:
        body, test, other = (self.of(n)[0] for n in (node.body, node.test, node.orelse))
        if self.latex:
            return rf"\begin{{cases}} {body} & {test} \\ {other} & \text{{otherwise}} \end{{cases}}", _ATOM
        return f"{body} if {test} else {other}", _CHOICE

    def call(self, function: str, args: list[ast.expr]) -> tuple[str, int]:
        if function == "ceil_div":
            return self.quotient("⌈", args[0], args[1], "⌉")
        if function == "sum" and isinstance(args[0], ast.GeneratorExp):
            step = args[0].generators[0]
            stop = step.iter.args[0] if isinstance(step.iter, ast.Call) else step.iter
            index, last = self.of(step.target)[0], self.of(ast.BinOp(stop, ast.Sub(), ast.Constant(1)))[0]
            body = self.of(args[0].elt, _PRODUCT)[0]
            return (
                rf"\sum_{{{index}=0}}^{{{last}}} {body}" if self.latex else f"Σ({index} = 0 … {last}) {body}",
                _PRODUCT,
            )
        inner = ", ".join(self.of(a)[0] for a in args)
        return f"\\{function}({inner})" if self.latex else f"{function}({inner})", _ATOM
