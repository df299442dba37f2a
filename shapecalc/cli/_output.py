"""Data goes to stdout or a file, sentences to stderr; a file is written beside and renamed, so it is whole or not there.

Pitfall: a terminal gets a rich table and a pipe plain text, but only where no format was asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from ..errors import Diagnostic, UsageError
from ..text import _


def session() -> Any:
    """What was said before the command."""
    from ._main import Session

    context = click.get_current_context(silent=True)
    found = context.find_object(Session) if context else None
    return found or Session()


def format_of(format: str | None, path: str | None) -> str:
    """The format asked for, else the file suffix's, else what suits the stream."""
    if format:
        return format
    if path is None:
        return "table" if sys.stdout.isatty() else "plain"
    from ..render import SUFFIXES

    suffix = os.path.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        known = " ".join(SUFFIXES)
        raise UsageError(_("{path} does not say its format").format(path=path), _("give --format, or a suffix: {known}").format(known=known))
    return SUFFIXES[suffix]


def emit(documents: Sequence[Any], options: dict[str, Any], format: str) -> None:
    """Write documents in the format, to stdout or -o FILE."""
    from ..render import render

    said = session()
    text = render(documents, format, units=options.get("units", "exact"), ascii=said.ascii, color=said.color)
    write(text, options.get("output"))


def write(text: str, path: str | None) -> None:
    """Write text to stdout, or whole to a file."""
    if path is None or path == "-":
        sys.stdout.write(text)
        return
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(beside, path)
    except OSError as error:
        if os.path.exists(beside):
            os.unlink(beside)
        raise UsageError(_("{path} cannot be written: {reason}").format(path=path, reason=error.strerror)) from None


def complain(diagnostics: Sequence[Diagnostic]) -> None:
    """Say what is wrong, on stderr; warnings are for those who did not ask for quiet."""
    said = session()
    shown = [d for d in diagnostics if not (said.quiet and d.severity == "warning")]
    if not shown:
        return
    from ..render import render_findings, wants_color

    text = render_findings(shown, "full", ascii=said.ascii, color=wants_color(said.color, sys.stderr))
    sys.stdout.flush()
    sys.stderr.write(text)


def remark(sentence: str) -> None:
    """A note on stderr, unless quiet was asked for."""
    if not session().quiet:
        sys.stdout.flush()
        sys.stderr.write(f"note: {sentence}\n")
