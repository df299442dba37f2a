"""Tables in HTML, as a notebook, a word processor or a learning platform's text box holds them; its text where none is.

The tags are cut out by a pattern that stops at the next `<`, and a comment that is never closed ends the page: Python's own
parser looks through the rest of a text again for each of them, so a file of repeated `<!--` would hold a whole class.
Pitfall: a cell that spans columns stands for that many cells, or all behind it would shift.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ....pattern import Pattern
from ..columns import Names
from ..format import Format
from ..sheet import Sheet
from ..table import Line, sheets

_BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "pre")
_HIDDEN = ("script", "style", "head", "title")
_MARKS = {"sup": ("^(", ")"), "s": ("~~", "~~"), "del": ("~~", "~~"), "strike": ("~~", "~~")}
_TAG = Pattern(
    r"<(?:(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*)>|[!?/][^<>]*>?)"
)
_SPAN = Pattern(r"\bcolspan\s*=\s*[\"']?([0-9]{1,3})\b", re.IGNORECASE)
MAX_SPAN = 50


def tokens(text: str) -> Iterator[tuple[str, str, str, int]]:
    """The tags and texts of a page in order, each with its line: (name, "/" where it ends, attributes or text, line)."""
    text = _without_comments(text)
    at, line = 0, 1
    for match in _TAG.finditer(text):
        if match.start() > at:
            yield "", "", unescape(text[at : match.start()]), line
        line += text.count("\n", at, match.start())
        if match["name"]:
            yield match["name"].lower(), match["end"], match["attributes"], line
        line += text.count("\n", match.start(), match.end())
        at = match.end()
    yield "", "", unescape(text[at:]), line


def _without_comments(text: str) -> str:
    """A page without its comments; what follows one that is never closed is none of it."""
    kept, at = list[str](), 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start)
        if end < 0:
            return "".join(kept)
        kept.append("\n" * text.count("\n", start, end))
        at = end + 3
    return "".join([*kept, text[at:]])


class Page:
    """The tables of a page as rows of texts, and all text outside of them."""

    def __init__(self, text: str) -> None:
        self.tables: list[list[Line]] = []
        self._open = list[list[tuple[int, list[str]]]]()
        self._cell: list[str] | None = None
        self._span = 1
        self._text: list[str] = []
        hidden = 0
        for name, end, rest, line in tokens(text):
            if not name:
                if not hidden:
                    self._add(rest)
            elif name in _HIDDEN:
                hidden = max(hidden - 1, 0) if end else hidden + 1
            elif name in ("table", "tr", "td", "th"):
                self._table(name, end, rest, line)
            elif name in _MARKS:
                self._add(_MARKS[name][bool(end)])
            elif name in _BREAKS:
                self._add(" " if self._cell is not None else "\n")
        self._close()

    @property
    def text(self) -> str:
        """The text outside of tables, its paragraphs as lines."""
        return "".join(self._text)

    def _add(self, text: str) -> None:
        (self._text if self._cell is None else self._cell).append(text)

    def _table(self, name: str, end: str, rest: str, line: int) -> None:
        self._close()
        if name == "table" and not end:
            self._open.append([])
            self.tables.append(self._open[-1])  # type: ignore[arg-type]
        elif name == "table" and self._open:
            self._open.pop()
        elif self._open and not end:
            if name == "tr" or not self._open[-1]:
                self._open[-1].append((line, []))
            if name != "tr":
                self._cell = []
                span = _SPAN.search(rest)
                self._span = min(int(span[1]), MAX_SPAN) if span else 1
        elif not self._open:
            self._add("\n")

    def _close(self) -> None:
        """Put the open cell into its row."""
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1][1].extend([" ".join("".join(self._cell).split()), *[""] * (self._span - 1)])
        self._cell, self._span = None, 1


def tables_of(text: str, names: Names) -> list[Sheet]:
    """The sheets of all answer tables in an HTML text."""
    return _sheets(Page(text), names)


def _sheets(page: Page, names: Names) -> list[Sheet]:
    return [sheet for table in page.tables for sheet in sheets(table, "</td>", names)]


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of the page's tables, else those of its text."""
    from .. import of_text

    page = Page(text)
    return _sheets(page, names) or (of_text(page.text, names) if "<" not in page.text.lstrip()[:1] else [])


FORMAT = Format(
    (".html", ".htm", ".xhtml"),
    read,
    turn=2,
    starts=("<!doctype", "<html", "<table", "<p", "<div", "<body", "<meta"),
    alone=True,
)
