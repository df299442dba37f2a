"""Printed arithmetic, read back by a reader of its own: `⌊(227 + 2·0 − 11) / 4⌋ + 1` is 55.

It shares nothing with the formulas: it splits the text into signs and works them out with fractions.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import cache

_SIGNS = re.compile(r"\s*(\d+|Σ|max|min|…|[a-z]|[⌊⌋⌈⌉()+−·/,=])")


@cache
def value(text: str) -> int:
    """What a printed expression without unknowns comes to; it must be whole."""
    reader = _Reader(_SIGNS.findall(text))
    assert "".join(reader.signs) == re.sub(r"\s", "", text), text
    found = reader.sum({})
    assert reader.place == len(reader.signs), text
    assert found.denominator == 1, text
    return int(found)


class _Reader:
    def __init__(self, signs: list[str]) -> None:
        self.signs = signs
        self.place = 0

    def peek(self) -> str:
        return self.signs[self.place] if self.place < len(self.signs) else ""

    def take(self, sign: str = "") -> str:
        found = self.peek()
        assert found and (not sign or found == sign), (self.signs, self.place, sign)
        self.place += 1
        return found

    def sum(self, names: dict[str, int]) -> Fraction:
        total = -self.product(names) if self.peek() == "−" and self.take() else self.product(names)
        while self.peek() in ("+", "−"):
            sign = self.take()
            total += self.product(names) if sign == "+" else -self.product(names)
        return total

    def product(self, names: dict[str, int]) -> Fraction:
        total = self.atom(names)
        while self.peek() in ("·", "/"):
            sign = self.take()
            total = total * self.atom(names) if sign == "·" else total / self.atom(names)
        return total

    def atom(self, names: dict[str, int]) -> Fraction:
        sign = self.take()
        if sign.isdigit():
            return Fraction(int(sign))
        if sign in names:
            return Fraction(names[sign])
        if sign in ("⌊", "⌈"):
            inner = self.sum(names)
            self.take("⌋" if sign == "⌊" else "⌉")
            return Fraction(math.floor(inner) if sign == "⌊" else math.ceil(inner))
        if sign == "(":
            inner = self.sum(names)
            self.take(")")
            return inner
        if sign in ("max", "min"):
            self.take("(")
            parts = [self.sum(names)]
            while self.peek() == ",":
                self.take()
                parts.append(self.sum(names))
            self.take(")")
            return max(parts) if sign == "max" else min(parts)
        assert sign == "Σ", (self.signs, sign)
        return self.series(names)

    def series(self, names: dict[str, int]) -> Fraction:
        """Σ(o = 0 … 4) of a product."""
        self.take("(")
        name = self.take()
        self.take("=")
        first = self.sum(names)
        self.take("…")
        last = self.sum(names)
        self.take(")")
        begin, total = self.place, Fraction(0)
        for turn in range(int(first), int(last) + 1):
            self.place = begin
            total += self.product({**names, name: turn})
        if last < first:
            self.product({**names, name: 0})
        return total
