"""What a format is: the suffixes of its files, the signs of its bytes or texts, and how it is read, or why it is not.

Pitfall: a suffix only says where to begin; what is in the file decides, so a table pasted into a CSV file is read as well.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ...record import Record
from .columns import Names
from .sheet import Sheet


class Format(Record):
    """One format of a hand-in, the only name that a file in `formats/` must have.

    `read` takes a text, `read_bytes` what is no text; `refusal` says what to hand in instead. `magic` are the first bytes
    of such files. A format with a `turn` is also tried, in that order, on a text that its suffix did not explain: one that
    begins with one of `starts`, if it names any.
    """

    suffixes: tuple[str, ...]
    read: Callable[[str, Names], list[Sheet]] | None = None
    read_bytes: Callable[[bytes, Names], list[Sheet]] | None = None
    refusal: str = ""
    magic: tuple[bytes, ...] = ()
    turn: int = 0
    starts: tuple[str, ...] = ()
    alone: bool = False
    """Nothing else is tried on a file with such a suffix, as its own refusal says more."""


@cache
def all_formats() -> tuple[Format, ...]:
    """All formats; the folder is the list."""
    from . import formats as folder

    names = sorted(module.name for module in iter_modules(folder.__path__))
    return tuple(import_module(f"{folder.__name__}.{name}").FORMAT for name in names)
