"""How an answer should look on this screen: units, symbols, width and colour, decided once and passed to every format.

Pitfall: colour is asked for by the person, refused by NO_COLOR and by a pipe; only `wants_color` knows the order.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from ..record import Record

UNITS = ("exact", "si", "zh")
COLORS = ("auto", "always", "never")


class Look(Record):
    """`units` is exact, si or zh; `ascii` draws with ASCII only; `width` is the terminal's, None to ask it."""

    units: str = "exact"
    ascii: bool = False
    width: int | None = None
    color: bool = False


def wants_color(color: str = "auto", stream: TextIO | None = None) -> bool:
    """Whether to colour what goes to `stream` (standard output), as https://no-color.org has it."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    out = sys.stdout if stream is None else stream
    return out.isatty()
