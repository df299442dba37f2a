"""Data goes to stdout or a file, sentences to stderr; a file is written beside and renamed, so it is whole or absent.

Pitfall: a terminal gets a rich table and a pipe plain text, but only where no format was asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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
    documents: Sequence[Any], options: dict[str, Any], format: str, how: Callable[..., str] | None = None
) -> None:
    """Write documents in the format, to stdout or -o FILE; `how` renders them, where it is not the usual way."""
    from ..render import render

    said, path = global_options(), options.get("output")
    color = "never" if path and path != "-" and said.color == "auto" else said.color
    units = options.get("units", "exact")
    text = (how or render)(documents, format, units=units, ascii=said.ascii, color=color)
    write(text, path, json=format.startswith("json"))


def write(
    text: str, path: str | None, json: bool = False, encoding: str = "utf-8", errors: str = "replace"
) -> None:
    """Write text to stdout, or whole to a file; JSON stays JSON where stdout cannot say a letter."""
    if path is None or path == "-":
        sys.stdout.write(_escaped(text, sys.stdout.encoding) if json else text)
        return
    try:
        if os.path.isfile(path) or not os.path.exists(path):
            _replace(os.path.realpath(path), text, encoding, errors)
        else:  # a device or a pipe, which nothing may take the place of
            _fill(path, text, encoding, errors)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(_("{path} cannot be written: {reason}").format(path=path, reason=reason)) from None


def write_bytes(data: bytes, path: str) -> None:
    """Write bytes whole to a file."""
    try:
        _replace(os.path.realpath(path), data.decode("latin-1"), "latin-1", "strict")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(_("{path} cannot be written: {reason}").format(path=path, reason=reason)) from None


def _replace(path: str, text: str, encoding: str, errors: str) -> None:
    """Write beside, then rename: whoever reads `path` sees the old text or the new one, and never half of it."""
    beside = f"{path}.{os.getpid()}.tmp"
    mode = os.stat(path).st_mode if os.path.exists(path) else None
    as_now = os.access in os.supports_effective_ids
    if mode is not None and not os.access(path, os.W_OK, effective_ids=as_now):
        raise PermissionError(0, _("it is write-protected"))
    try:
        _fill(beside, text, encoding, errors)
        if mode is not None:
            os.chmod(beside, mode)
        os.replace(beside, path)
    finally:
        with suppress(OSError):
            os.unlink(beside)


def _fill(path: str, text: str, encoding: str, errors: str) -> None:
    with open(path, "w", encoding=encoding, errors=errors, newline="") as file:
        file.write(text)


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
