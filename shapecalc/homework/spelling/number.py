"""One number out of a cell: 456, 450+6, (5·5·3+1)·6 = 456, 62.4M, 约6000万, 608 params, 93MB.

Pitfall: with two different numbers in a cell nobody knows which one is the answer, so it is refused; a remark in brackets
that comes to the same number is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile

from ...pattern import Pattern
from ...record import Record
from ...text import N_, _
from .arithmetic import work_out
from .literal import HANZI, POWERS, Literal, in_words
from .pieces import answer, has_digit, noted, pieces
from .refused import Refused
from .sieve import NO_UNIT, TWO, Effect, Sieve, effects, refuse
from .tokens import Token, tokens
from .words import ABOUT, ALIKE, ALTERNATIVES, BOUNDS, FILLERS, NOTE, SMALL, UNITS

_BITS = Pattern(r"bits?$|bytes?$|^[kmgt]i?b")
_TENS = Pattern(r"[万亿千百兆]")
_KIBI = Fraction(1, 8)
_IDLE = ABOUT | FILLERS | set(UNITS)
_ENDS = ("number", ")")
_WORKED = ("×", "+", "/", "//", "^")
_RANGE, _QUOTIENT = ["number", "-", "number"], ["number", "/", "number"]
_HALF = Fraction(1, 2)
MAX_NOTES = 2
NONE = N_("there is no number in it")
TWO_NUMBERS = N_("it holds two numbers, and only one can be the answer")


class Amount(Record):
    """A number as it was read: exactly, or to its last digit (`step`)."""

    value: Fraction
    step: Fraction | None = None
    unit: str = ""
    working: str = ""

    def rounds(self, other: Amount) -> bool:
        """Whether this is the other number, rounded."""
        return self.step is not None and abs(other.value - self.value) * 2 <= self.step


def number(text: str, kind: str = "number") -> Amount:
    """The one number of a normalised text, as a count or as `bytes`. Raises Refused."""
    chain = pieces(ALIKE.sub(" ~ ", text))
    last = answer(chain)
    sign, piece = chain[last] if last >= 0 else ("", text)
    if not has_digit(piece):
        return _in_words(piece)
    said = [before for _sign, before in chain[:last] if has_digit(before)]
    found = _piece("~" + piece if sign == "≈" and not said else piece, kind)
    working = said[-1] if said else found.working
    if sign == "≈" and found.step is not None and said:
        exact = _attempt(chain[last - 1][1], kind)
        if exact and exact.step is None and found.rounds(exact) and exact.value.denominator == 1:
            found, working = exact, said[-2] if len(said) > 1 else exact.working
    unit = found.unit
    if not unit and not found.step and last and not has_digit(chain[last - 1][1]):
        unit = next((UNITS[w] for w in chain[last - 1][1].lower().split() if w in UNITS), "")
    return found._replace(working=_as_working(working), unit=unit)


def _as_working(text: str) -> str:
    return text if any(c in text for c in "+×/^-") else ""


def _in_words(text: str) -> Amount:
    """A number that is spelled out: six, 六万, 一百三十八万."""
    words = [token.text for token in tokens(text) if token.kind == "word"]
    spelled = in_words([word for word in words if word not in _IDLE][:12])
    if spelled:
        return Amount(spelled.value, spelled.step if spelled.step > 1 else None)
    found = [(m[0], in_words(m[0])) for m in HANZI.finditer(text)]
    rest = tokens(text.replace(found[0][0], " ")) if len(found) == 1 else []
    if len(found) != 1 or not (value := found[0][1]) or any(token.text not in _IDLE for token in rest):
        raise Refused(_(NONE))
    unit = next((UNITS[token.text] for token in rest if token.text in UNITS), "")
    return Amount(value.value, value.step if value.scaled and value.step > 1 else None, unit)


def _attempt(piece: str, kind: str, whole: bool = True) -> Amount | None:
    try:
        return _piece(piece, kind) if whole else _spelled(piece, kind)
    except Refused:
        return None


def _piece(piece: str, kind: str, notes: int = MAX_NOTES) -> Amount:
    """The number of one piece, with or without remarks in brackets behind it."""
    short = NOTE.sub("", piece)
    piece = short if has_digit(short) else piece
    try:
        return _spelled(piece, kind)
    except Refused as refused:
        head, note = noted(piece) or ("", "")
        if not notes or not has_digit(head):
            raise
        try:
            found = _piece(head, kind, notes - 1)
        except Refused:
            raise refused from None
        return _with_note(found, note, kind)


def _with_note(found: Amount, note: str, kind: str) -> Amount:
    """`456 (=450+6)`, `608 (with biases)`; a bare second number in the brackets must be the same one."""
    if not has_digit(note):
        return found
    chain = pieces(note)
    second = _attempt(chain[answer(chain)][1], kind, whole=False)
    if second and second.value == found.value:
        working = _as_working(chain[max(answer(chain) - 1, 0)][1]) or second.working
        return found._replace(working=found.working or working)
    if second and found.rounds(second):
        return second  # 62.4M (62378344): the brackets say it exactly
    binary = kind == "bytes" and found.step and second and not second.step
    if second and binary and abs(second.value / found.value - 1) < _KIBI:
        return second  # 18.4 KB (18816 bytes): 1024 was meant, and the brackets say it exactly
    if (second and second.rounds(found)) or any(c.isalpha() for c in note) or "=" in note:
        return found
    raise Refused(_(TWO_NUMBERS))


class _Count(Sieve):
    """The numbers of a piece among words that do not change them; `unit` is what they say was counted."""

    def __init__(self, found: Sequence[Token], kind: str) -> None:
        self.kind, self.about, self.unit = kind, False, ""
        super().__init__(found)

    def effect(self, token: Token) -> Effect:
        effect, word = super().effect(token), token.text
        if token.kind == "word" and effect is not Sieve.keep and self.is_worked_with():
            return refuse(N_("“{word}” stands where a number should"))
        if token.kind == "word" and self.kind == "bytes" and word not in UNITS and _BITS.search(word):
            return refuse(NO_UNIT)
        return effect

    def is_worked_with(self) -> bool:
        """Whether the word at hand stands beside a sign of arithmetic: 450 + bias, C*25; but 450 weights + 6."""
        far, before, after = (token.kind if token else "" for token in map(self.beside, (-2, -1, 1)))
        counted = before in _ENDS or (before == "word" and far in _ENDS)
        return before in _WORKED or (after in _WORKED and not counted)

    def keep(self, token: Token) -> None:
        if token.number and token.number.lower_b and self.numbers > 1:  # 450w + 6b: weights and biases
            few = token.number._replace(value=token.number.value / 10**9, step=Fraction(1), scaled=False)
            token, self.unit = token._replace(number=few), self.unit or "weights"
        self.run.append(token)

    def approximate(self, token: Token) -> None:
        self.about = True

    def change(self, token: Token) -> None:
        if token.text not in ("without", "no") or not any(self.runs):
            raise Refused(_("“{word}” makes something else of the number").format(word=token.text))
        self.cut(token)

    def percent(self, token: Token) -> None:
        if self.numbers == 1:
            raise Refused(_("it is a percentage, and a count was asked for"))
        self.cut(token)

    def noun(self, token: Token) -> None:
        if self.numbers > 1:
            return
        before = self.beside(-1)
        if self.is_number(-1) and token.glued and token.text == "w":
            raise Refused(_("“w” may be 万 or weights: write the number out"))
        if self.is_number(-1) or (before and before.text in FILLERS and self.is_number(-2)):
            self.unit = UNITS[token.text]

    def unknown(self, token: Token) -> None:
        following, word = self.beside(1), token.text
        inside = takewhile(lambda inner: inner.kind != ")", self.tokens[self.at + 2 :])
        if following and following.kind == "(" and following.glued and any(inner.number for inner in inside):
            raise Refused(_("“{word}” is no function known here").format(word=word))
        if (word in POWERS and len(word) > 2) or (self.at and _TENS.search(word)):
            raise Refused(_("“{word}” stands apart from its number").format(word=word))
        super().unknown(token)

    table = effects(
        ("~≈", approximate), ("<>≤≥≠±", refuse(N_("it says a bound, and a number was asked for"))), ("%", percent),
        ("@:=|#&!'.\"\\$?;", Sieve.cut), (ALTERNATIVES, refuse(TWO)), (BOUNDS, change), (ABOUT, approximate), (UNITS, noun),
        (SMALL, Sieve.spelled), (FILLERS, Sieve.drop),
    )  # fmt: skip


def _spelled(piece: str, kind: str) -> Amount:
    """The number of a piece: of all its runs the same."""
    count = _Count(tokens(piece, bytes=kind == "bytes"), kind)
    runs = [_trimmed(run) for run in count.full()]
    values = [work_out(run) for run in runs]
    if len({v.value for v in values}) != 1:
        raise Refused(_(TWO_NUMBERS) if values else _(NONE))
    return _amount(values[0], runs[0], count)


def _trimmed(run: list[Token]) -> list[Token]:
    """A run of signs without the brackets and commas at its ends, which words left behind."""
    while run[0].kind in (",", ")"):
        run = run[1:]
    while run[-1].kind in (",", "("):
        run = run[:-1]
    return run


def _amount(found: Literal, run: Sequence[Token], count: _Count) -> Amount:
    """The number with its unit held against what was asked."""
    kinds, single = [token.kind for token in run], len(run) == 1
    if found.doubt and count.kind != "ratio":
        reason = _("{text} may be over a thousand or a little more than a point: leave the point out")
        raise Refused(reason.format(text=run[0].text))
    if count.kind != "bytes" and (found.bytes or count.unit == "bytes"):
        raise Refused(_("it is in bytes, and a count was asked for"))
    if (kinds == _RANGE and found.value < 0) or (kinds == _QUOTIENT and count.kind != "ratio"):
        raise Refused(_(TWO))
    signs = "".join(f" {token.text} " if token.kind in "+-" else token.text for token in run)
    working = signs.strip() if kinds.count("number") > 1 else ""
    step = found.step if found.step > 1 and (found.scaled or not single) else None
    value = Fraction(int(found.value + _HALF)) if step and found.bytes else found.value
    if count.about and single and not step and value.denominator == 1 and value:
        zeros = len(str(value)) - len(str(value).rstrip("0"))
        step = Fraction(10**zeros) if zeros else None
    return Amount(value, step, count.unit, working)
