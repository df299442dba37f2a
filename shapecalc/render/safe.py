"""Text from a file is only text: control characters, terminal escapes and reversed writing never reach a screen.

Pitfall: `clean` may shorten a text; where columns are counted, `visible` puts a mark in the place of each character.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLANK = "\t\n\v\f\r\x85\u2028\u2029"
_DRAWN = dict(zip("×·−–—─│⌋⌉", "x*----|))"))
_DRAWN |= {"→": "->", "≥": ">=", "≤": "<=", "≠": "!=", "±": "+/-", "…": "...", "⌊": "floor(", "⌈": "ceil("}
_ASCII = {ord(sign): word for sign, word in _DRAWN.items()}


def clean(text: str) -> str:
    """`text` as one line without control characters or escape sequences."""
    if text.isprintable():
        return text
    odd, escape = _patterns()
    return odd.sub(_plain, escape.sub("", text))


def stripped(text: str) -> str:
    """`text` without control characters and escape sequences, but with its tabs and line breaks (as \\n): for csv."""
    if text.isprintable():
        return text
    odd, escape = _patterns()
    text = escape.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return odd.sub(lambda m: m[0] if m[0] in "\t\n" else _plain(m), text)


def visible(text: str) -> str:
    """`text` with a tab as four spaces and � for each other control character."""
    return text if text.isprintable() else _patterns()[0].sub("\ufffd", text.replace("\t", "    "))


def ascii_only(text: str) -> str:
    """The signs that shapecalc draws, in ASCII; letters of any script stay."""
    return text if text.isascii() else text.translate(_ASCII).replace("Σ(", "sum(")


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    return " " if sign in _BLANK else "\ufffd" if "\ud800" <= sign <= "\udfff" else ""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Odd characters and escape sequences; compiled for the first odd text, for most runs see none."""
    odd = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
    escape = (
        "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\\]|\x9d)[^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b[ -/]*[0-~]?"
    )
    return re.compile(odd), re.compile(escape)
