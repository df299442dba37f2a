"""YAML as it was written: scalars keep their text and their quotes, and everything keeps its place.

Pitfall: no scalar has a type yet. `010`, `no` and `12:30` are text here; what they mean depends on the field.
"""

from __future__ import annotations

from ..errors import Source, Span


class Tree:
    """The base of the three kinds of node; line and column count from 0, as YAML's marks do."""

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


class Scalar(Tree):
    """A piece of text; `quoted` where it stood in quotes or in a block, `null` where nothing stood at all."""

    __slots__ = ("quoted", "text")

    def __init__(self, text: str, quoted: bool, *place: object) -> None:
        super().__init__(*place)  # type: ignore[arg-type]
        self.text = text
        self.quoted = quoted

    @property
    def null(self) -> bool:
        return not self.quoted and self.text in ("", "~", "null")

    def part(self, start: int, end: int | None) -> Span:
        """Characters start…end of the text, where it stands on one line as it is; else the whole scalar."""
        whole = self.span
        width = self.end_column - self.column
        quote = int(self.quoted)
        if self.line != self.end_line or width != len(self.text) + 2 * quote:
            return whole
        stop = len(self.text) if end is None else max(end, start + 1)
        first = whole.column + quote
        return whole._replace(column=first + start, end_column=first + stop)


class Sequence(Tree):
    __slots__ = ("items",)

    def __init__(self, *place: object) -> None:
        super().__init__(*place)  # type: ignore[arg-type]
        self.items: list[Tree] = []


class Mapping(Tree):
    """Pairs in file order; keys are scalars and unique."""

    __slots__ = ("pairs",)

    def __init__(self, *place: object) -> None:
        super().__init__(*place)  # type: ignore[arg-type]
        self.pairs: list[tuple[Scalar, Tree]] = []

    def get(self, key: str) -> Tree | None:
        return next((value for k, value in self.pairs if k.text == key), None)
