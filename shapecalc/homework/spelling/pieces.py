"""A chain of equals signs cut into its pieces: the answer stands after the last one, its working before.

Pitfall: the equals sign of a remark in brackets, `456 (=450+6)`, cuts nothing.
"""

from __future__ import annotations

from ...pattern import Pattern
from .words import LABEL

_EQUALS = Pattern(r":=|==?|≈|→|,?\s*\b(?:so|thus|hence|therefore)\b,?|，?(?:所以|因此|故)")
_DIGIT = Pattern(r"[0-9〇零一二两三四五六七八九十百千万亿]")
_NOTE = Pattern(r"(.*[\w)\]'%])\s*[(\[]([^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*)[)\]]")


def pieces(text: str) -> list[tuple[str, str]]:
    """Pieces with the sign before each ("" before the first); a label and its colon are left out."""
    found = list[tuple[str, str]]()
    balanced = sum(map(text.count, "([")) == sum(map(text.count, ")]"))
    depth, seen, start, sign = 0, 0, 0, ""
    for match in _EQUALS.finditer(text):
        between, seen = text[seen : match.start()], match.end()
        depth += sum(map(between.count, "([")) - sum(map(between.count, ")]"))
        if depth <= 0 or not balanced:
            found.append((sign, text[start : match.start()]))
            start, sign = match.end(), match[0].strip()
    found.append((sign, text[start:]))
    return [(sign, _unlabelled(piece)) for sign, piece in found]


def answer(chain: list[tuple[str, str]]) -> int:
    """Which piece is the answer: the last one with a digit in it, or -1."""
    return next((i for i in range(len(chain) - 1, -1, -1) if _DIGIT.search(chain[i][1])), -1)


def has_digit(text: str) -> bool:
    """Whether a digit stands in it, in figures."""
    return any(c.isdigit() for c in text)


def noted(piece: str) -> tuple[str, str] | None:
    """A piece and the remark in brackets at its end, `456` and `=450+6`; None where there is none."""
    match = _NOTE.fullmatch(piece)
    return (match[1].strip(), match[2].strip()) if match else None


def _unlabelled(piece: str) -> str:
    match = LABEL.match(piece)
    return (
        (piece[match.end() :] if match and _DIGIT.search(piece, match.end()) else piece)
        .lstrip(" ;!")
        .rstrip(" .;!?")
    )
