"""Text from a file is only text: control characters, terminal escapes and reversed writing never reach a screen.

Pitfall: `clean` may shorten a text; where columns are counted, `visible` puts a mark in the place of each character.
"""

from __future__ import annotations

import re

_ODD = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ESCAPE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\\]|\x9d)[^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b[ -/]*[0-~]?"
)
_BLANK = "\t\n\v\f\r\x85\u2028\u2029"
_DRAWN = dict(zip("×·−–—─│⌋⌉", "x*----|))"))
_DRAWN |= {"→": "->", "≥": ">=", "≤": "<=", "≠": "!=", "±": "+/-", "…": "...", "⌊": "floor(", "⌈": "ceil("}
_ASCII = {ord(sign): word for sign, word in _DRAWN.items()}


def clean(text: str) -> str:
    """`text` as one line without control characters or escape sequences."""
    if text.isprintable():
        return text
    return _ODD.sub(_plain, _ESCAPE.sub("", text))


def stripped(text: str) -> str:
    """`text` without control characters and escape sequences, but with its line breaks and tabs: for csv."""
    if text.isprintable():
        return text
    return _ODD.sub(lambda m: m[0] if m[0] in "\t\n\r" else _plain(m), _ESCAPE.sub("", text))


def visible(text: str) -> str:
    """`text` with a tab as four spaces and � for each other control character."""
    return _ODD.sub("\ufffd", text.replace("\t", "    "))


def ascii_only(text: str) -> str:
    """The signs that shapecalc draws, in ASCII; letters of any script stay."""
    return text if text.isascii() else text.translate(_ASCII)


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    return " " if sign in _BLANK else "\ufffd" if "\ud800" <= sign <= "\udfff" else ""
