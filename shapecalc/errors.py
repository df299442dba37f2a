"""What can go wrong is data: a code, a place, a reason and a cure; only `render` turns it into words on a screen.

Pitfall: a layer knows its values but not its place, so it raises `ShapeError` and the engine adds the spans.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from .record import Record
from .text import _

Otherwise = TypeVar("Otherwise", str, None)


class Source:
    """A spec's text and the name under which it is quoted."""

    __slots__ = ("_lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """The source line `number`, counted from 1; empty past the end."""
        if self._lines is None:
            import re

            self._lines = re.split(
                "\r\n|[\r\n\x85\u2028\u2029]", self.text
            )  # YAML's line ends, and no others
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


class Span(Record):
    """A stretch of source text; lines and columns count from 1, the end column is the first one outside."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


class Related(Record):
    """A second place that belongs to a diagnostic, such as where a block was used."""

    message: str
    span: Span


class Diagnostic(Record):
    """One finding: what is wrong, where, and what to do about it."""

    code: str
    message: str
    span: Span | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def severity(self) -> str:
        """`warning` for the codes W…, `error` for all others."""
        return "warning" if self.code.startswith("W") else "error"


class ShapecalcError(Exception):
    """The base of every error that this package raises on purpose; `exit_code` is the command line's."""

    exit_code = 2


class SpecError(ShapecalcError):
    """A spec that cannot be read or whose shapes do not fit: all its diagnostics at once."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = diagnostics
        super().__init__(
            "\n".join(f"{d.span or ''} {d.severity}[{d.code}]: {d.message}".strip() for d in diagnostics)
        )


class UsageError(ShapecalcError):
    """A command or a call that cannot be carried out: a missing file, an unknown name, a bad option value."""

    def __init__(self, message: str, help: str | None = None) -> None:
        self.help = help
        super().__init__(message)


class ShapeError(ShapecalcError):
    """A layer's refusal: `option` names the setting at fault (None: the input).

    Of a merge, `input` is the branch that does not fit, and `against` the earlier one that it does not fit to.
    """

    def __init__(
        self,
        code: str,
        message: str,
        option: str | None = None,
        help: str | None = None,
        input: int | None = None,
        against: int = 0,
    ) -> None:
        self.code = code
        self.message = message
        self.option = option
        self.help = help
        self.input = input
        self.against = against
        super().__init__(message)


def nearest(word: str, known: list[str]) -> str | None:
    """The known word most like `word`, or None when nothing is close."""
    if len(word) > 60:
        return None  # no name of a person's making; comparing would take seconds
    import difflib

    close = difflib.get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    return next((k for k in known if close and k.lower() == close[0]), None)


def meant(near: str) -> str:
    """Return the question whether `near` was meant."""
    return _("did you mean {word}?").format(word=near)


def suggest(word: str, known: Iterable[str], otherwise: Otherwise) -> str | Otherwise:
    """Return the cure for an unknown `word`: the nearest known one, or `otherwise` where nothing is close."""
    near = nearest(word, list(known))
    return meant(near) if near else otherwise


def there_are(names: Iterable[str], between: str = " ") -> str:
    """Return the sentence that lists all names there are."""
    return _("there are {names}").format(names=between.join(names))
