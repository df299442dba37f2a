"""Tables in HTML, as a notebook or a learning platform's text box holds them; and its text where there is none.

Pitfall: a cell that spans columns stands for that many cells, or all behind it would shift.
"""

from __future__ import annotations

from html.parser import HTMLParser

from ...pattern import Pattern
from .sheet import Sheet
from .table import Line, sheets

_BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "pre")
_HIDDEN = ("script", "style", "head", "title")
_MARKS = {"sup": ("^(", ")"), "s": ("~~", "~~"), "del": ("~~", "~~"), "strike": ("~~", "~~")}
_SECTION = Pattern(r"<!\[[^<>]*>?")
"""What a word processor leaves, `<![if !supportLists]>`; Python's parser gives up on one it does not know."""
MAX_SPAN = 50


class _Reader(HTMLParser):
    """Collects tables as rows of texts, and all text outside of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Line]] = []
        self.open = list[list[Line]]()
        self.cell: list[str] | None = None
        self.span = 1
        self.text: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.close()
            self.open.append([])
            self.tables.append(self.open[-1])
        elif tag == "tr" and self.open:
            self.close()
            self.open[-1].append((self.getpos()[0], []))
        elif tag in ("td", "th") and self.open:
            self.close()
            if not self.open[-1]:
                self.open[-1].append((self.getpos()[0], []))
            self.cell = []
            span = next((v for k, v in attrs if k == "colspan" and v), "1")
            self.span = min(int(span), MAX_SPAN) if span.isdigit() and span.isascii() and len(span) < 4 else 1
        elif tag in _MARKS:
            self.handle_data(_MARKS[tag][0])
        elif tag in _HIDDEN:
            self.hidden += 1
        elif tag in _BREAKS:
            self.handle_data(" " if self.cell is not None else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.close()
            if tag == "table" and self.open:
                self.open.pop()
        elif tag in _MARKS:
            self.handle_data(_MARKS[tag][1])
        elif tag in _HIDDEN:
            self.hidden = max(self.hidden - 1, 0)
        elif tag in _BREAKS and self.cell is None:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        (self.text if self.cell is None else self.cell).append(data)

    def close(self) -> None:
        """Put the open cell into its row."""
        if self.cell is not None and self.open and self.open[-1]:
            row = self.open[-1][-1][1]
            assert isinstance(row, list)
            row.append(" ".join("".join(self.cell).split()))
            row += [""] * (self.span - 1)
        self.cell, self.span = None, 1


def read(text: str) -> list[Sheet]:
    """The sheets of all answer tables in an HTML text."""
    return [sheet for table in _parsed(text).tables for sheet in sheets(table, "</td>", strict=False)]


def plain(text: str) -> str:
    """The text of an HTML page, its paragraphs as lines."""
    return "".join(_parsed(text).text)


def _parsed(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(_SECTION.sub("", text))
    HTMLParser.close(reader)
    reader.close()
    return reader
