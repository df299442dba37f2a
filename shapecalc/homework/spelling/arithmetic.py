"""Arithmetic that students leave in a cell, 6*(5*5*3+1), is worked out by the house's own expressions, and exactly.

What is typed becomes an expression whose names are the numbers: nothing but numbers and signs gets there. Pitfall: the
answer is only as exact as its parts, so it is worked out again with each rounded number one unit of its last digit larger.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...expression import ExpressionError, evaluate
from ...expression.parse import MAX_LENGTH, parse
from ...pattern import Pattern
from ...record import Record
from ...text import _
from .literal import Literal
from .refused import Refused
from .tokens import Token

MAX_BITS = 200
CALLS = {"floor": "int(", "int": "int(", "ceil": "ceil(", "ceiling": "ceil("}
_SIGNS = {"×": "*", "^": "**", "⌊": "int(", "⌈": "ceil(", "⌋": ")", "⌉": ")"}
_LETTERS = {"⌊": "(", "⌈": "(", "⌋": ")", "⌉": ")", "-": "+", "×": "*", "/": "*", "//": "*", "^": "*"}
_WRONG = Pattern(r"(?:^|(?<=[(+*]))[)*]|(?<=[n)])[nf\[]|(?<=f)[^(\[]|[^n()\[+*f]|(?<=[(+*f\[])$")
"""What cannot stand behind what is before it; [ is a bracket after a space, which hugs no number: 6 (5*5*3+1)."""


class _Numbers(Record):
    """What the names of an expression stand for."""

    by_name: Mapping[str, Any]

    def value(self, name: str) -> Any:
        return self.by_name[name]

    def axis(self, path: str, axis: str) -> Any:
        raise LookupError(path)


def work_out(tokens: Sequence[Token]) -> Literal:
    """The value, with the size of its last digit where a part of it was rounded. Raises Refused where it is none."""
    if len(tokens) == 1 and tokens[0].number:
        return tokens[0].number
    text = _written(tokens)
    parts = {f"n{i}": token.number for i, token in enumerate(tokens) if token.number}
    if any(part.doubt for part in parts.values()):
        raise Refused(_("1.234 may be 1,234 or a little more than 1: leave the point out"))
    values = {name: _plain(part.value) for name, part in parts.items()}
    value = _evaluated(text, values)
    rounded = ((name, _plain(part.value + part.step)) for name, part in parts.items() if part.step > 1)
    steps = [abs(_evaluated(text, {**values, name: more}) - value) for name, more in rounded]
    return Literal(value, max([*steps, Fraction(1)]), bytes=any(part.bytes for part in parts.values()))


def _plain(value: Fraction) -> Any:
    return int(value) if value.denominator == 1 else value


def _evaluated(text: str, values: Mapping[str, Any]) -> Fraction:
    try:
        value = Fraction(evaluate(parse(text, allow=_is_exact), _Numbers(values)))
    except ExpressionError as error:
        raise Refused(error.message) from None
    if value.denominator.bit_length() > MAX_BITS:
        raise Refused(_("the number is too large to be an answer"))
    return value


def _is_exact(node: ast.AST) -> bool:
    """Whether it is one of the signs that no spec may have: the exact quotient and the power."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Pow))


def _written(tokens: Sequence[Token]) -> str:
    """The expression; a bracket that hugs a number multiplies it, 6(5*5*3+1), and a + before a number says nothing."""
    letters = "".join(map(_letter, tokens))
    if wrong := _WRONG.search(letters):
        raise Refused(_surprise(tokens[wrong.start()]) if wrong.start() < len(tokens) else _("it breaks off"))
    if letters.count("(") + letters.count("[") != letters.count(")"):
        raise Refused(_("a bracket is not closed"))
    text = ""
    for i, (token, before) in enumerate(zip(tokens, " " + letters)):
        ends = before in "n)"
        if token.number and token.number.scaled and i and tokens[i - 1].kind in ("/", "//"):
            raise Refused(_("a unit stands behind a division, and it is not clear what it belongs to"))
        sign = CALLS.get(token.text, "")[:-1] or _SIGNS.get(token.kind, token.kind)
        text += ("*" if ends and letters[i] == "(" else "") + (f"n{i}" if token.number else sign)
        text = text[:-1] if token.kind == "+" and not ends else text
    if len(text) > MAX_LENGTH:
        raise Refused(_("it is too long to be an answer"))
    return text


def _letter(token: Token) -> str:
    """What a token is to arithmetic: a number, a bracket, a sign, a function, or nothing that belongs there."""
    if token.number or token.kind == "word":
        return "n" if token.number else "f" if token.text in CALLS else "?"
    letter = _LETTERS.get(token.kind, token.kind)
    return "[" if letter == "(" and not token.glued else letter


def _surprise(token: Token) -> str:
    """Why it does not go on with this token."""
    if token.number:
        return _("two numbers stand side by side, and only one can be the answer")
    if token.kind == ",":
        return _("a comma neither groups thousands by three digits nor marks decimals here")
    return _("{text} was not expected there").format(text=token.text)
