"""Finds specs: files, standard input, and the networks that come with the program.

Pitfall: the built-in networks lie inside the package in a wheel and beside it in a checkout; both are looked at.
"""

from __future__ import annotations

import os
import sys

from .errors import Source, UsageError, nearest
from .text import _

_HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIXES = (".yaml", ".yml")


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
        return Source("<stdin>", decode(sys.stdin.buffer.read(), "<stdin>"))
    built_in = os.path.join(folder(), f"{spec}.yaml")
    if "/" not in spec and os.sep not in spec and not spec.endswith(SUFFIXES) and os.path.isfile(built_in):
        return _read(built_in, f"{spec}.yaml")
    if os.path.isfile(spec):
        return _read(spec, spec)
    if os.path.isdir(spec):
        raise UsageError(_("{path} is a folder").format(path=spec), _("give a file in it, or use: shapecalc check {path}").format(path=spec))
    if spec.endswith(SUFFIXES) or os.sep in spec:
        raise UsageError(_("there is no file {path}").format(path=spec))
    near = nearest(spec, names())
    help = _("did you mean {word}?").format(word=near) if near else _("the built-in networks are listed by: shapecalc list")
    raise UsageError(_("there is no network and no file called {name}").format(name=spec), help)


def base(name: str, asker: str) -> Source:
    """The source of `base: name` in the file `asker`: a path relative to it, or a built-in name."""
    if name.endswith(SUFFIXES) or "/" in name:
        return source(os.path.join(os.path.dirname(asker), name))
    return source(name)


def _read(path: str, name: str) -> Source:
    try:
        with open(path, "rb") as file:
            return Source(name, decode(file.read(), name))
    except OSError as error:
        raise UsageError(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)) from None


def decode(data: bytes, name: str) -> str:
    """Text from bytes: UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("{name} is not UTF-8: byte {byte} at {offset}").format(name=name, byte=hex(data[error.start]), offset=error.start)
        raise UsageError(message, _("save the file as UTF-8")) from None
