"""Arithmetic that students leave in a cell, 6*(5*5*3+1), worked out exactly by a reader that knows nothing but numbers.

`+ - × / // ^ ( )`, floor and ceiling; no names, no calls. Pitfall: 2^40000000 must be refused before it is worked out, so
every power is sized up first, and brackets go only so deep.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from ...text import _
from .literal import Literal
from .refused import Refused
from .tokens import Token

MAX_DEPTH = 24
MAX_BITS = 200
_PAIRS = {"(": ")", "⌊": "⌋", "⌈": "⌉"}
_CALLS = {"floor": floor, "int": floor, "ceil": ceil, "ceiling": ceil}


def work_out(tokens: Sequence[Token]) -> Literal:
    """The value; of a single number also its step. Raises Refused where this is no arithmetic."""
    reader = _Reader(tokens)
    value = reader.sum()
    if reader.at < len(tokens):
        raise Refused(reader.surprise())
    return value


class _Reader:
    """Reads tokens from left to right; every method returns a number and stands behind it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def sign(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def surprise(self) -> str:
        """Why it does not go on here."""
        if self.at >= len(self.tokens):
            return _("it breaks off")
        token = self.tokens[self.at]
        if token.kind == "number":
            return _("two numbers stand side by side, and only one can be the answer")
        if token.kind == ",":
            return _("a comma neither groups thousands by three digits nor marks decimals here")
        return _("{text} was not expected there").format(text=token.text)

    def sum(self) -> Literal:
        value = self.product()
        while self.sign() in ("+", "-"):
            minus = self.sign() == "-"
            self.at += 1
            other = self.product()
            result = value.value - other.value if minus else value.value + other.value
            value = _exact(result, value, other)._replace(step=max(_step(value), _step(other)))
        return value

    def product(self) -> Literal:
        value = self.power()
        while True:
            sign = self.sign()
            hugging = (
                sign == "("
                and self.tokens[self.at].glued
                and self.tokens[self.at - 1].kind in ("number", ")")
            )
            if sign not in ("×", "/", "//") and not hugging:
                return value
            self.at += not hugging
            other = self.power()
            if sign in ("/", "//"):
                if not other.value:
                    raise Refused(_("it divides by zero"))
                if other.scaled:
                    raise Refused(
                        _("a unit stands behind a division, and it is not clear what it belongs to")
                    )
                result = value.value / other.value
                value = _exact(Fraction(floor(result)) if sign == "//" else result, value, other)
            else:
                steps = [n.step * abs(m.value) for n, m in ((value, other), (other, value)) if n.step > 1]
                value = _exact(value.value * other.value, value, other)._replace(
                    step=max(steps, default=Fraction(1))
                )

    def power(self) -> Literal:
        minus = False
        while self.sign() in ("+", "-"):
            minus ^= self.sign() == "-"
            self.at += 1
        value = self.primary()
        if self.sign() == "^":
            self.at += 1
            self.enter()
            value = _raised(value, self.power())
            self.depth -= 1
        return _exact(-value.value, value) if minus else value

    def primary(self) -> Literal:
        sign = self.sign()
        token = self.tokens[self.at] if sign else None
        if token and token.number:
            self.at += 1
            return token.number
        call = _CALLS.get(token.text) if token and token.kind == "word" else None
        if call and self.tokens[self.at + 1 : self.at + 2] and self.tokens[self.at + 1].kind == "(":
            self.at += 1
            sign = "("
        if sign not in _PAIRS:
            raise Refused(self.surprise())
        self.at += 1
        self.enter()
        value = self.sum()
        self.depth -= 1
        if self.sign() != _PAIRS[sign]:
            raise Refused(self.surprise() if self.sign() else _("a bracket is not closed"))
        self.at += 1
        call = {"⌊": floor, "⌈": ceil}.get(sign, call)
        return _exact(Fraction(call(value.value)), value) if call else value

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refused(_("brackets lie too deep inside each other"))


def _exact(value: Fraction, *parts: Literal) -> Literal:
    """A result of exact parts; a rounded part makes every result as uncertain as nobody can say."""
    if value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS:
        raise Refused(_("the number is too large to be an answer"))
    if any(p.doubt for p in parts):
        raise Refused(_("1.234 may be 1,234 or a little more than 1: leave the point out"))
    if any(p.bytes for p in parts):
        return Literal(value, Fraction(1), bytes=True)
    return Literal(value, Fraction(1))


def _step(value: Literal) -> Fraction:
    """The size of the last digit of a number that was rounded; 1 of an exact one, as 1 is the smallest that counts."""
    return value.step if value.step > 1 else Fraction(1)


def _raised(base: Literal, exponent: Literal) -> Literal:
    n = exponent.value
    if n.denominator != 1 or n < 0:
        raise Refused(_("a power must be whole"))
    size = max(abs(base.value.numerator), base.value.denominator).bit_length()
    if n > MAX_BITS or size * n > 2 * MAX_BITS:
        raise Refused(_("the number is too large to be an answer"))
    return _exact(base.value ** int(n), base)
