"""YAML as it was written: scalars keep their text and their quotes, and everything keeps its place.

Pitfall: no scalar has a type yet. `010`, `no` and `12:30` are text here; what they mean depends on the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..errors import Source, Span
from ..pattern import Pattern

_UNITS = {"'": Pattern(r"''|\S"), '"': Pattern(r"\\(?:x..|u....|U.{8}|.|$)|\S")}
"""The pieces of a line that give one character each, by quote; white space is none."""
_PLAIN = Pattern(r"\S")
_WHITE = ("", *"n\ttr \xa0NLP_vf")
"""Escapes that give white space, or a line's end that gives nothing."""


class Tree:
    """The base of the kinds of node; line and column count from 0, as YAML's marks do."""

    __slots__ = ("column", "end_column", "end_line", "line", "source")

    def __init__(self, source: Source, line: int, column: int, end_line: int, end_column: int) -> None:
        self.source = source
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column

    @property
    def span(self) -> Span:
        """The whole node."""
        return Span(self.source, self.line + 1, self.column + 1, self.end_line + 1, self.end_column + 1)


class Broken(Tree):
    """What stands where a mistake was reported already: whoever reads it says nothing more."""

    __slots__ = ()


class Scalar(Tree):
    """A piece of text; `style` is its quote or | or >, "" for plain text, or "part" of another scalar."""

    __slots__ = ("style", "text")

    def __init__(self, text: str, style: str, source: Source, *place: int) -> None:
        self.text = text
        self.style = style
        self.source = source
        self.line, self.column, self.end_line, self.end_column = place

    @property
    def null(self) -> bool:
        """Nothing stands here."""
        return not self.style and self.text in ("", "~", "null")

    def cut(self, start: int, end: int) -> Scalar:
        """Characters start…end of the text as a scalar of their own, with its place."""
        span = self.part(start, end)
        return Scalar(self.text[start:end], "part", self.source, *(n - 1 for n in span[1:]))

    def part(self, start: int, end: int | None) -> Span:
        """Where characters start…end of the text stand in the source: behind quotes, escapes and folded lines, too."""
        if end is None and not start:
            return self.span
        stop = len(self.text) if end is None else max(end, start + 1)
        if not self.style and self.line == self.end_line:
            first = self.column + 1
            return Span(self.source, self.line + 1, first + start, self.end_line + 1, first + stop)
        before = sum(not c.isspace() for c in self.text[:start])
        inside = sum(not c.isspace() for c in self.text[start:stop])
        places = list(islice(self._places(), before, before + inside))
        if not places:
            return self.span
        return Span(self.source, *places[0][:2], places[-1][0], places[-1][2])

    def _places(self) -> Iterator[tuple[int, int, int]]:
        """Line, column and end column of every character of the text that is not white, in order."""
        units = _UNITS.get(self.style, _PLAIN)
        block, quote = self.style in ("|", ">"), int(self.style in _UNITS)
        for number in range(self.line + block, self.end_line + 1):
            text = self.source.line(number + 1)
            begin = self.column + quote if number == self.line else 0
            stop = self.end_column - quote if number == self.end_line else len(text)
            for unit in units.finditer(text, begin, stop):
                if not (unit[0][0] == "\\" and self.style == '"' and unit[0][1:] in _WHITE):
                    yield number + 1, unit.start() + 1, unit.end() + 1


class Sequence(Tree):
    """Items in file order."""

    __slots__ = ("items",)

    def __init__(self, source: Source, *place: int) -> None:
        self.source = source
        self.line, self.column, self.end_line, self.end_column = place
        self.items: list[Tree] = []


class Mapping(Tree):
    """Pairs in file order; keys are scalars and unique. `broken` where a pair was refused and left out."""

    __slots__ = ("broken", "pairs")

    def __init__(self, source: Source, *place: int) -> None:
        self.source = source
        self.line, self.column, self.end_line, self.end_column = place
        self.pairs: list[tuple[Scalar, Tree]] = []
        self.broken = False
