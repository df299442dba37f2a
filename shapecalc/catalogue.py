"""Finds specs: files, standard input, and the networks that come with the program.

Pitfall: the built-in networks lie inside the package in a wheel and beside it in a checkout; both are looked at.
"""

from __future__ import annotations

import os
import sys

from .errors import Source, UsageError, suggest
from .text import _

_HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 2**26


def folder() -> str:
    """Where the built-in networks lie."""
    inside = os.path.join(_HERE, "architectures")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_HERE), "architectures")


def names() -> list[str]:
    """The built-in networks' names, sorted."""
    try:
        found = os.listdir(folder())
    except OSError:
        return []
    return sorted(name[:-5] for name in found if name.endswith(".yaml"))


def source(spec: str) -> Source:
    """The text of SPEC: a file, a built-in name, or `-` for standard input. Raises UsageError where there is none."""
    if spec == "-":
        return Source("<stdin>", _read(None, "<stdin>"))
    built_in = os.path.join(folder(), f"{spec}.yaml")
    path = is_path(spec)
    if not path and os.path.isfile(built_in):
        return Source(f"architectures/{spec}.yaml", _read(built_in, spec))
    if os.path.isdir(spec):
        help = _("give a file in it, or use: shapecalc check {path}").format(path=spec)
        raise UsageError(_("{path} is a folder").format(path=spec), help)
    if os.path.exists(spec):  # a pipe, too: table <(make-a-spec)
        return Source(spec, _read(spec, spec))
    if path:
        raise UsageError(_("there is no file {path}").format(path=spec))
    help = suggest(spec, names(), _("the built-in networks are listed by: shapecalc list"))
    raise UsageError(_("there is no network and no file called {name}").format(name=spec), help)


def is_path(spec: str) -> bool:
    """Whether SPEC can only be a file, by its look."""
    return os.sep in spec or "/" in spec or spec.endswith(SUFFIXES)


def base(name: str, asker: str) -> Source:
    """The source of `base: name` in the file `asker`: a path relative to it, or a built-in name."""
    if is_path(name):
        return source(os.path.join(os.path.dirname(asker), name))
    return source(name)


def text(path: str) -> str:
    """The text of any file, or of standard input for `-`. Raises UsageError where it cannot be read."""
    return _read(None, "<stdin>") if path == "-" else _read(path, path)


def _read(path: str | None, name: str) -> str:
    """The text of a file, or of standard input; what is far too long to be a spec is not read to its end."""
    try:
        if path is None:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, AttributeError) as error:  # there may be no standard input at all
        reason = getattr(error, "strerror", None) or _("it is closed")
        raise UsageError(_("{path} cannot be read: {reason}").format(path=name, reason=reason)) from None
    if len(data) > MAX_BYTES:
        raise UsageError(_("{path} is too long to be a spec").format(path=name))
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """Text from bytes: UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = {"name": name, "byte": hex(data[error.start]), "offset": error.start}
        message = _("{name} is not UTF-8: byte {byte} at {offset}").format(**place)
        raise UsageError(message, _("save the file as UTF-8")) from None
