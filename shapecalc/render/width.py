"""How many cells a text takes in a terminal: one a letter, two a Chinese character, none an accent put over it.

Pitfall: `len` counts code points, so a table padded by `len` goes crooked at the first Chinese name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


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
    if not _is_narrow("".join(texts)):
        cells = widest(texts)
        return cells, [pad(text, cells, right) for text in texts]
    cells = max(map(len, texts), default=0)
    return cells, [text.rjust(cells) for text in texts] if right else [text.ljust(cells) for text in texts]


def _is_narrow(text: str) -> bool:
    """Whether a letter is a cell: sure for Latin text, `×` and the signs of formulas, and quicker than to measure."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return _narrow().fullmatch(text) is not None
    return "\xad" not in text


@lru_cache(maxsize=1)
def _narrow() -> re.Pattern[str]:
    return re.compile("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2500-\u259f]*")


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    import unicodedata

    if unicodedata.east_asian_width(character) in "WF":
        return 2
    joins = unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff"
    return 0 if joins and character != "\xad" else 1
