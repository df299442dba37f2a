"""What PyYAML cannot read, in the words of a person who wrote a spec: the reason, the exact place, and the cure.

Pitfall: libyaml and PyYAML's own parser word their complaints differently, and both often point far behind the fault;
so a complaint is sorted by what it is about, and the place is looked for in the line.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import Diagnostic, Source, Span
from ..pattern import Pattern
from ..text import _

_FORBIDDEN = Pattern("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_BARE = Pattern(r"(?<![\w?])\?(?=\s*(?:[,\]}#]|$))")
_GLUED = Pattern(r"\s*(?:-\s+)?([\w-]+)(:(?=[^\s:])|：\s*)")
_PAIR = Pattern(r"""\s*(?:-\s+)*['"]?[\w-]+['"]?:\s""")


def explain(source: Source, error: Any) -> Diagnostic:
    """The message for an error of PyYAML's."""
    if getattr(error, "problem_mark", None) or getattr(error, "context_mark", None):
        return _Complaint(source, error).answer()
    found = _FORBIDDEN.search(source.text)
    at = found.start() if found else 0
    line = source.text.count("\n", 0, at) + 1
    column = at - (source.text.rfind("\n", 0, at) + 1) + 1
    span = Span(source, line, column, line, column + 1)
    if found is None:
        return Diagnostic(
            "SC101", _("this is not a text that YAML can read"), span, _("save the file as plain UTF-8 text")
        )
    message = _("the character U+{code:04X} cannot stand in a spec").format(code=ord(found[0]))
    return Diagnostic("SC101", message, span, _("delete it, and save the file as plain UTF-8 text"))


class _Complaint:
    """One complaint: what it is about, where it was noticed, and where the thing that was being read began."""

    def __init__(self, source: Source, error: Any) -> None:
        self.source = source
        self.problem = str(error.problem or "")
        self.context = str(error.context or "")
        mark = error.problem_mark or error.context_mark
        begin = error.context_mark or mark
        if not source.line(mark.line + 1) and error.context_mark:
            mark = begin  # the end of the file has no line to show
        self.row, self.column = mark.line + 1, mark.column
        self.begin = (begin.line + 1, begin.column)
        self.ended = self.row == self.begin[0] and mark is begin
        self.line = source.line(self.row)
        self.sign = self.line[self.column : self.column + 1]

    def at(self, row: int, column: int, width: int = 1) -> Span:
        column = min(column, len(self.source.line(row)))
        return Span(self.source, row, column + 1, row, column + 1 + width)

    def say(
        self, message: str, help: str | None, span: Span | None = None, code: str = "SC101"
    ) -> Diagnostic:
        return Diagnostic(code, message, span or self.at(self.row, self.column), help)

    def about(self, *words: str) -> bool:
        return any(word in self.problem for word in words)

    def answer(self) -> Diagnostic:
        """The first explanation that fits."""
        for look in (
            self.question,
            self.tab,
            self.marks,
            self.quotes,
            self.wide,
            self.flow,
            self.colons,
            self.layout,
        ):
            found = look()
            if found:
                return found
        reason = self.problem or self.context
        return self.say(_("this is not YAML: {reason}").format(reason=reason), _("put the value in quotes"))

    def question(self) -> Diagnostic | None:
        """A bare ? for a value."""
        if not self.about("mapping keys", "node content", "',' or"):
            return None
        for row in (self.row, self.begin[0], self.row - 1):
            match = _BARE.search(self.source.line(row))
            if match and not self.source.line(row).lstrip().startswith("#"):
                help = _("write unknown where a number is asked for")
                return self.say(_("a bare ? is not YAML"), help, self.at(row, match.start()))
        return None

    def tab(self) -> Diagnostic | None:
        indent = self.line[: self.column + 1]
        if not self.about("cannot start any token") or "\t" not in indent or indent.strip():
            return None
        return self.say(
            _("a tab stands where spaces belong"),
            _("indent with spaces"),
            self.at(self.row, indent.index("\t")),
        )

    def marks(self) -> Diagnostic | None:
        """Signs that YAML keeps for itself."""
        if "alias" in self.context or "anchor" in self.context:
            message = (
                _("an alias (*) is not part of the language")
                if "alias" in self.context
                else _("an anchor (&) is not part of the language")
            )
            return self.say(
                message, _("quote an expression that begins with * or &"), self.at(*self.begin), "SC103"
            )
        if "tag" in self.context or self.about("tag handle"):
            return self.say(
                _("a tag (!) is not part of the language"),
                _("write the plain value"),
                self.at(*self.begin),
                "SC103",
            )
        if self.about("cannot start any token"):
            message = _("a value cannot begin with {sign}").format(sign=self.sign)
            rest = re.split(r"\s#|[,\]}]", self.line[self.column :])[0].strip()
            return self.say(message, _("put it in quotes: {text}").format(text=f"'{rest}'"))
        if "directive" in self.context or self.about("directive"):
            return self.say(_("a line cannot begin with %"), _("leave it out"), self.at(self.row, 0))
        return None

    def quotes(self) -> Diagnostic | None:
        if "quoted scalar" in self.context and self.about("end of stream", "document indicator"):
            row, column = self.begin
            return self.say(
                _("this quote is never closed"), _("close it at the end of the value"), self.at(row, column)
            )
        if self.about("escape"):
            span = self.at(self.row, self.column - (self.sign != "\\"), 2)
            help = _("use single quotes: nothing is an escape in them")
            return self.say(_("this is no escape of YAML's double quotes"), help, span)
        before = self.line[: self.column].rstrip()
        if self.about("expected key", "block end", "',' or") and before[-1:] in ("'", '"'):
            return self.say(
                _("something stands behind the closing quote"), _("put the whole value inside the quotes")
            )
        if "block scalar" in self.context:
            return self.say(
                _("after | or > the text begins on the next line"),
                _("put a value that begins with | or > in quotes"),
                self.at(*self.begin),
            )
        return None

    def wide(self) -> Diagnostic | None:
        """Punctuation of a Chinese keyboard, and a colon without its space on this line or the one before."""
        for row in (self.row, self.row - 1):
            line = self.source.line(row)
            match = _GLUED.match(line)
            if (
                match
                and not _PAIR.match(line)
                and (match[2] != ":" or not line[match.end() :].startswith("//"))
            ):
                wide = "：" in match[2]
                reason = (
                    _("a full-width colon is not a colon") if wide else _("a colon needs a space after it")
                )
                return self.say(
                    reason,
                    f"{match[1]}: {line[match.end() :].strip()}",
                    self.at(row, match.start(2)),
                    "SC107",
                )
        column = self.line.find("：")
        if column >= 0:
            help = _("write ': ', with a space after it")
            return self.say(_("a full-width colon is not a colon"), help, self.at(self.row, column), "SC107")
        return None

    def flow(self) -> Diagnostic | None:
        """Inside { } and [ ]."""
        row, column = self.begin
        opened = self.source.line(row)[column : column + 1]
        close = {"{": "}", "[": "]"}.get(opened)
        if self.about("',' or") and close:
            start = self.line.rfind("$", 0, self.column + 1)
            if self.sign == "{" and start == self.column - 1 >= 0:
                return self.dollar(start)
            entry = self.row != row and self.line.lstrip().startswith("- ")
            if self.sign == ":" and not entry:
                return self.colon_inside(close)
            if self.ended or self.row != row or self.sign in ("", "}", "]"):
                message = _("this {sign} is never closed").format(sign=opened)
                return self.say(message, _("close it with {sign}").format(sign=close), self.at(row, column))
            return self.say(
                _("a comma or {sign} is expected here").format(sign=close),
                _("put a value that holds such signs in quotes"),
            )
        if (
            self.about("node content", "expected key", "block end", "document start")
            and self.sign
            and self.sign in "}]"
        ):
            return self.say(
                _("this {sign} closes nothing").format(sign=self.sign), _("take it out, or open the bracket")
            )
        if self.about("node content"):
            return self.say(_("a value is missing here"), _("write it, or take the comma out"))
        return None

    def dollar(self, start: int) -> Diagnostic:
        end = self.line.find("}", start)
        inner = self.line[start + 2 : end if end > 0 else None]
        help = _("leave the braces out: {inner}; or quote it: {quoted}").format(
            inner=inner, quoted=f"'${{{inner}}}'"
        )
        span = self.at(self.row, start, max(end + 1 - start, 2))
        return self.say(_("${{ }} inside {{ }} must stand in quotes").format(), help, span)

    def colon_inside(self, close: str) -> Diagnostic:
        """A second colon inside { } or [ ]: a comma is missing, or braces are."""
        begin = max(self.line.rfind(sign, 0, self.column) for sign in ",{[") + 1
        text = self.line[begin : self.column]
        key, colon, value = text.strip().rpartition(": ")
        words = value.split()
        if len(words) > 1 or (not colon and len(words) > 1):
            at = begin + text.rstrip().rfind(words[-1])
            message = _("a comma is missing before {word}").format(word=words[-1])
            return self.say(
                message, _("separate the options by commas"), self.at(self.row, at, len(words[-1]))
            )
        if not colon:
            return self.say(
                _("a comma is missing before {word}").format(word=text.strip()),
                _("separate the options by commas"),
            )
        help = _("give it brackets of its own: {key}: [{value}: …]").format(key=key, value=value)
        return self.say(_("a second colon in one value"), help)

    def colons(self) -> Diagnostic | None:
        if self.about("expected ':'"):
            return self.no_colon(*self.begin)
        if not self.about("mapping values"):
            return None
        before = self.line[: self.column]
        match = _PAIR.match(before)
        above = self.source.line(self.row - 1)
        if (
            match is None
            and above.strip()
            and len(before) - len(before.lstrip()) <= len(above) - len(above.lstrip())
        ):
            return self.no_colon(self.row - 1, len(above) - len(above.lstrip()))
        if match is None:
            word = before.strip()
            help = _(
                "begin it in the same column as the keys it belongs to, or give the line above only a key and a colon"
            )
            return self.say(
                _("{word} is indented too far").format(word=word),
                help,
                self.at(self.row, len(before) - len(before.lstrip()), len(word)),
            )
        rest = self.line[match.end() :].strip()
        if before.lstrip().startswith("- "):
            word = match[0].strip(" -:")
            help = _("put the options in braces: {entry}").format(entry=f"{word}: {{{rest}}}")
        else:
            help = _("put the value in quotes: {text}").format(text=f'"{rest}"')
        return self.say(_("a second colon in one value"), help)

    def no_colon(self, row: int, column: int) -> Diagnostic:
        word = self.source.line(row)[column:].strip()
        message = _("a colon is missing after {word}").format(word=word)
        help = _("an entry begins with '- ', a key ends with ':'")
        return self.say(message, help, self.at(row, column, max(len(word), 1)))

    def layout(self) -> Diagnostic | None:
        """Lines that begin in the wrong column."""
        if self.about("sequence entries"):
            return self.say(
                _("a list cannot begin behind its key"), _("begin it on the next line, or write it in [ ]")
            )
        if self.about("document start"):
            return self.say(_("the spec ended above"), _("take out the line ..., or the text that follows"))
        if self.about("'-' indicator", "expected key", "block end"):
            help = _("entries of one list begin in the same column, and so do the keys of one mapping")
            return self.say(_("this line fits no column above it"), help)
        return None
