"""An answer's text as numbers, signs and words, each knowing whether it hangs on what stands before it.

Pitfall: 27 000 100 is one number where a number was asked for and three axes where a shape was, so the caller says which.
"""

from __future__ import annotations

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .literal import Literal, literal
from .refused import Refused
from .words import CHANNELS, FILLERS, JOINERS, UNITS

MAX_TOKENS = 200
_WORD = Pattern(r"[A-Za-z_][A-Za-z0-9_']*(?:[-/][A-Za-z]+)*")
_CHINESE = Pattern(r"[\u3400-\u9fff]+")
_OTHER = Pattern(r"[^\W\d]\w*")
_SIGNS = "×+-/^()[]<>≤≥≠±,;@?⌊⌋⌈⌉%:|=≈~!#&'.\"\\$"
_KNOWN = {w for w in (*UNITS, *FILLERS, *CHANNELS, *JOINERS) if not w.isascii()}
_LONGEST = max(map(len, _KNOWN))


class Token(Record):
    """`kind` is `number`, `word` or the sign itself; `glued` where no space stands before it."""

    kind: str
    text: str
    glued: bool
    start: int
    number: Literal | None = None


def tokens(text: str, axes: bool = False, bytes: bool = False) -> list[Token]:
    """The tokens of a normalised text. Raises Refused for a sign that has no meaning here."""
    found = list[Token]()
    at, glued = 0, False
    while at < len(text):
        c = text[at]
        if c == " ":
            at, glued = at + 1, False
            continue
        if len(found) >= MAX_TOKENS:
            raise Refused(_("it is too long to be an answer"))
        if c.isdigit() or (c == "." and text[at + 1 : at + 2].isdigit()):
            number = literal(text, at, axes, bytes)
            if number is None:
                raise Refused(_("{text} is no number").format(text=text[at : at + 20]))
            found.append(Token("number", text[at : number[1]], glued, at, number[0]))
            at = number[1]
        elif match := _WORD.match(text, at):
            found.append(Token("word", match[0].lower().rstrip("'"), glued, at))
            at = match.end()
        elif match := _CHINESE.match(text, at):
            for word in _split(match[0]):
                found.append(Token("word", word, glued, at))
                at, glued = at + len(word), True
        elif match := _OTHER.match(text, at):
            found.append(Token("word", match[0].lower(), glued, at))
            at = match.end()
        elif text.startswith("//", at):
            found.append(Token("//", "//", glued, at))
            at += 2
        elif c in _SIGNS:
            found.append(Token({"[": "(", "]": ")"}.get(c, c), c, glued, at))
            at += 1
        else:
            raise Refused(_("{sign} has no meaning in an answer").format(sign=c))
        glued = True
    return found


def chinese(word: str) -> bool:
    """Whether a word is written without spaces around it."""
    return bool(_CHINESE.match(word))


def _split(run: str) -> list[str]:
    """Chinese words without spaces: known ones are cut out, the longest first."""
    words, at, loose = list[str](), 0, 0
    while at < len(run):
        size = next(
            (n for n in range(_LONGEST, 0, -1) if run[at : at + n] in _KNOWN and at + n <= len(run)), 0
        )
        if size:
            if loose < at:
                words.append(run[loose:at])
            words.append(run[at : at + size])
            at += size
            loose = at
        else:
            at += 1
    if loose < at:
        words.append(run[loose:])
    return words
