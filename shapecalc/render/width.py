"""How many cells a text takes in a terminal: one a letter, two a Chinese character, none for an accent put over a letter.

Pitfall: `len` counts code points, so a table padded by `len` goes crooked at the first Chinese name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NARROW = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2500-\u259f]*")


def width(text: str) -> int:
    """The cells that `text`, already clean of control characters, takes."""
    return len(text) if _is_narrow(text) else sum(map(_cells, text))


def widest(texts: Iterable[str]) -> int:
    """The width of the widest of many texts, fast where all are narrow."""
    texts = list(texts)
    return max(map(len if _is_narrow("".join(texts)) else width, texts), default=0)


def pad(text: str, cells: int, right: bool = False) -> str:
    """`text` filled up with spaces to `cells`; `right` puts it at the right end."""
    space = " " * (cells - width(text))
    return space + text if right else text + space


def column(texts: list[str], right: bool = False) -> tuple[int, list[str]]:
    """The width of the widest text, and all of them padded to it."""
    cells = widest(texts)
    if not _is_narrow("".join(texts)):
        return cells, [pad(text, cells, right) for text in texts]
    return cells, [text.rjust(cells) for text in texts] if right else [text.ljust(cells) for text in texts]


def _is_narrow(text: str) -> bool:
    return text.isascii() or _NARROW.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    joins = unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff"
    return 0 if joins and character != "\xad" else 1
