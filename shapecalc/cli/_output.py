"""Data goes to stdout or a file, sentences to stderr; a file is written beside and renamed, so it is whole or absent.

Pitfall: a terminal gets a rich table and a pipe plain text, but only where no format was asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ..errors import Diagnostic, UsageError
from ..text import _


def global_options() -> Any:
    """What was said before the command."""
    from ._main import GlobalOptions

    context = click.get_current_context(silent=True)
    found = context.find_object(GlobalOptions) if context else None
    return found or GlobalOptions()


def format_of(format: str | None, path: str | None, suffixes: Mapping[str, str] | None = None) -> str:
    """The format asked for, else the file suffix's (by `suffixes`, or the usual ones), else what suits the stream."""
    if format:
        return format
    if path is None or path == "-":
        return "table" if sys.stdout.isatty() else "plain"
    from ..render import SUFFIXES

    known, suffix = suffixes or SUFFIXES, os.path.splitext(path)[1].lower()
    if suffix not in known:
        help = _("give --format, or a suffix: {known}").format(known=" ".join(known))
        raise UsageError(_("{path} does not say its format").format(path=path), help)
    return known[suffix]


def emit(
    documents: Sequence[Any],
    options: dict[str, Any],
    format: str,
    how: Callable[..., str | Iterable[str]] | None = None,
) -> None:
    """Write documents in the format, to stdout or -o FILE; `how` renders them, where it is not the usual way."""
    from ..render import pieces

    said, path = global_options(), options.get("output")
    color = "never" if path and path != "-" and said.color == "auto" else said.color
    units = options.get("units", "exact")
    text = (how or pieces)(documents, format, units=units, ascii=said.ascii, color=color)
    write(text, path, json=format.startswith("json"))


def write(
    text: str | Iterable[str],
    path: str | None,
    json: bool = False,
    encoding: str = "utf-8",
    errors: str = "replace",
) -> None:
    """Write text, or its parts one by one, to stdout or whole to a file; JSON stays JSON on every stream."""
    chunks = [text] if isinstance(text, str) else text
    if path is None or path == "-":
        for chunk in chunks:
            sys.stdout.write(_escaped(chunk, sys.stdout.encoding) if json else chunk)
        return
    from ._files import write_file

    with writing(path):
        write_file(path, chunks, encoding, errors)


@contextmanager
def writing(path: str) -> Iterator[None]:
    """An error of the system while `path` is written is the user's to mend, and a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(_("{path} cannot be written: {reason}").format(path=path, reason=reason)) from None


def write_bytes(data: bytes, path: str) -> None:
    """Write bytes whole to a file."""
    write(data.decode("latin-1"), path, encoding="latin-1", errors="strict")


def _escaped(text: str, encoding: str | None) -> str:
    r"""JSON with \u escapes where the stream is not UTF-8, since JSON is UTF-8 and its readers expect that."""
    if text.isascii() or (encoding or "").lower().replace("-", "") == "utf8":
        return text
    units = (c.encode("utf-16-be", "surrogatepass") for c in text)
    return "".join(
        u.decode("utf-16-be")
        if u < b"\0\x80"
        else "".join(f"\\u{u[i : i + 2].hex()}" for i in range(0, len(u), 2))
        for u in units
    )


def complain(diagnostics: Sequence[Diagnostic]) -> None:
    """Say what is wrong, on stderr; warnings are for those who did not ask for quiet."""
    said = global_options()
    shown = [d for d in diagnostics if not (said.quiet and d.severity == "warning")]
    if not shown:
        return
    from ..render import render_findings, wants_color

    text = render_findings(shown, "full", ascii=said.ascii, color=wants_color(said.color, sys.stderr))
    sys.stdout.flush()
    sys.stderr.write(text)


def remark(sentence: str) -> None:
    """A note on stderr, unless quiet was asked for."""
    if not global_options().quiet:
        sys.stdout.flush()
        sys.stderr.write(_("note: {sentence}").format(sentence=sentence) + "\n")
