"""Answers become text here: one format, one file, and only the file that is asked for is imported.

Pitfall: every text ends with a line break of its own, so it is written as it is: `click.echo(text, nl=False)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from .look import COLORS, UNITS, Look, wants_color

if TYPE_CHECKING:
    from ..errors import Diagnostic
    from ..report.grid import Document

__all__ = [
    "COLORS",
    "FINDINGS",
    "FORMATS",
    "SUFFIXES",
    "UNITS",
    "Look",
    "pieces",
    "render",
    "render_findings",
    "wants_color",
]

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown", "latex", "html")
WORKED = ("plain", "table", "markdown", "latex", "html")
"""Formats in which a worked derivation has a look of its own; in all others it is rows."""
FINDINGS = ("full", "concise", "json", "github", "sarif", "junit")
SUFFIXES = {
    ".txt": "plain",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".tex": "latex",
    ".html": "html",
    ".htm": "html",
}


def render(
    documents: Sequence[Document],
    format: str,
    *,
    units: str = "exact",
    ascii: bool = False,
    width: int | None = None,
    color: str = "auto",
) -> str:
    """The text of `documents` in one of FORMATS; only `table` looks at `width` and `color`."""
    return "".join(pieces(documents, format, units=units, ascii=ascii, width=width, color=color))


def pieces(
    documents: Sequence[Document],
    format: str,
    *,
    units: str = "exact",
    ascii: bool = False,
    width: int | None = None,
    color: str = "auto",
) -> Iterable[str]:
    """The text as `render` gives it, piece by piece where the format can."""
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    look = Look(units, ascii, width, format == "table" and wants_color(color))
    forms = {getattr(document, "form", "") for document in documents}
    module = f"worked_{format}" if forms == {"worked"} and format in WORKED else format
    how = import_module(f"{__name__}.{module}")
    made: Iterable[str] = (
        how.pieces(documents, look) if hasattr(how, "pieces") else (how.render(documents, look),)
    )
    return made


def render_findings(
    diagnostics: Sequence[Diagnostic],
    format: str = "full",
    *,
    files: Sequence[str] = (),
    ascii: bool = False,
    color: bool = False,
) -> str:
    """The text of `diagnostics` in one of FINDINGS; `files` are all that were looked at, the good ones too."""
    if format == "full":
        from .diagnostics import render

        return render(diagnostics, ascii=ascii, color=color)
    if format not in FINDINGS:
        raise ValueError(f"no format {format!r}; there are {', '.join(FINDINGS)}")
    text: str = import_module(f"{__name__}.findings_{format}").render(diagnostics, files)
    return text
