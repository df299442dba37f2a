"""An answer's text as numbers, signs and words, each knowing whether it hangs on what stands before it.

Pitfall: 27 000 100 is one number where a number was asked for and three axes where a shape was, so the caller says which.
"""

from __future__ import annotations

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .literal import Literal, literal
from .refused import Refused
from .words import HANZI

MAX_TOKENS = 200
_TOKEN = Pattern(
    r" *(?:(?P<number>(?=\.?[0-9]))|(?P<word>[A-Za-z_][A-Za-z0-9_']*(?:[-/][A-Za-z]+)*|[^\W\d\u3400-\u9fff]\w*)"
    r"|(?P<hanzi>[\u3400-\u9fff]+)|(?P<sign>//|[×+\-/^()\[\]<>≤≥≠±,;@?⌊⌋⌈⌉%:|=≈~!#&'.\"\\$…∈{}]))"
)
_ALIAS = {"[": "(", "]": ")"}
_SPLIT = Pattern("|".join(sorted(HANZI, key=len, reverse=True)) + "|.")


class Token(Record):
    """`kind` is `number`, `word` or the sign itself; `glued` where no space stands before it."""

    kind: str
    text: str
    glued: bool
    number: Literal | None = None
    hanzi: bool = False


def tokens(text: str, axes: bool = False, bytes: bool = False) -> list[Token]:
    """The tokens of a normalised text. Raises Refused for a sign that has no meaning here."""
    found = list[Token]()
    at, end = 0, len(text.rstrip(" "))
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise Refused(_("{sign} has no meaning in an answer").format(sign=text[at:].lstrip(" ")[0]))
        if len(found) >= MAX_TOKENS:
            raise Refused(_("it is too long to be an answer"))
        start, glued = (
            match.end() if match["number"] is not None else match.start(match.lastgroup or 0),
            at > 0,
        )
        glued = glued and text[start - 1] != " "
        at = match.end()
        if match["number"] is not None:
            number = literal(text, start, axes, bytes)
            if number is None:
                raise Refused(_("{text} is no number").format(text=text[start : start + 20]))
            at = number[1]
            found.append(Token("number", text[start:at], glued, number[0]))
        elif match["word"]:
            found.append(Token("word", match["word"].lower().rstrip("'"), glued))
        elif match["hanzi"]:
            words = _chinese(match["hanzi"])
            found += (Token("word", w, glued or i > 0, hanzi=True) for i, w in enumerate(words))
        else:
            found.append(Token(_ALIAS.get(match["sign"], match["sign"]), match["sign"], glued))
    return found


def _chinese(run: str) -> list[str]:
    """Chinese words without spaces: known ones are cut out, and what stands between them is one word."""
    words, loose = list[str](), False
    for word in _SPLIT.findall(run):
        unknown = word not in HANZI
        if unknown and loose:
            words[-1] += word
        else:
            words.append(word)
        loose = unknown
    return words
