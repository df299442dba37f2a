"""Several answers in one cell, where a question has several: 0 and 1, {0, 1}, 0 or 1, 0 ≤ P ≤ 1, 0..1, 0到1, P=0, P=1.

Every number, word and sign becomes a letter, and a few patterns of letters are a set. Pitfall: `0, 1` is also the padding
before and after an image, so the set stands beside what was read and does not replace it.
"""

from __future__ import annotations

from ...pattern import Pattern
from .listed import listed
from .literal import in_words
from .refused import Refused
from .sieve import Sieve, effects
from .tokens import Token, tokens
from .words import FILLERS, JOINERS, SMALL

MOST = 100
"""Members of a set."""
_DOTS = Pattern(r"(?:\s*,)?\s*\.{2,}\s*(?:,\s*)?")
_NAMES = [f"{letter}{n}" for letter in "psknfdr" for n in ("", 1, 2, 3, 4, "_1", "_2", "_3", "_4")]
_IDLE = listed("""( ) ' ∈ both either any one all of from works work fine possible valid ok okay well inclusive allowed values value equals
    之间 都 都可以 可以 均可 都行 均 两者 二者 every per side sides 每 solutions solution answers choose can be
    input inputs image images width height window windows""")
_FREE_NAME = Pattern(r"(?<![<≤>≥])p(?![<≤>≥=])|(?<!n)p?[=:]")
"""A name, and its equals sign: P = 0; but 0: 2 gives two numbers to one name."""
_LIST = Pattern(r"n(?:l*n)+")
_RANGE = Pattern(r"b?n(?:l+n)*l*rl*n|bnln")
_BOUNDS = Pattern(r"n[<≤>≥]p[<≤>≥]n|p[<≤>≥]nl*p[<≤>≥]n|p?[<≤]n")
_TURNED = dict(zip("<≤>≥", ">≥<≤"))


class _Letters(Sieve):
    """The cell as letters: n a number, l a link, r a range, b between, p the name of what is asked, and comparisons."""

    def __init__(self, found: list[Token]) -> None:
        self.letters, self.members = "", list[int]()
        super().__init__(found)

    def keep(self, token: Token) -> None:
        if token.number is None or token.number.value.denominator != 1:
            raise Refused("")
        crossed = self.letters[-1:] == "×"  # 27x27 is the size 27
        if crossed and self.members[-1:] != [int(token.number.value)]:
            raise Refused("")
        self.letters = self.letters[:-1] if crossed else self.letters + "n"
        self.members += [] if crossed else [int(token.number.value)]

    def write(self, token: Token) -> None:
        self.letters += _LETTERS.get(token.text, token.text)

    def spelled(self, token: Token) -> None:
        literal = in_words(token.text if token.hanzi else [token.text])
        if literal is None:
            raise Refused("")
        self.letters += "n"
        self.members.append(int(literal.value))

    unknown = spelled


_WORDS = {
    "l": "and or & , ; / | 和 或 或者 以及 与 及 还是 和/或 and/or as und oder",
    "r": "… - ~ to till until through 到 至",
    "b": "between 介于",
    "p": "padding paddings pad stride strides kernel kernels dilation size sizes 填充 步长",
}
_LETTERS = {word: letter for letter, words in _WORDS.items() for word in listed(words)} | dict.fromkeys(
    _NAMES, "p"
)
_Letters.table = effects((_LETTERS, _Letters.write), ("<≤>≥×=:", _Letters.write), (SMALL, _Letters.spelled),
                         ((*_IDLE, *FILLERS, *JOINERS), Sieve.drop))  # fmt: skip


def several(text: str, from_zero: bool = False) -> tuple[int, ...]:
    """The members of the set that a normalised text writes, none where it writes no set; P ≤ 1 is one `from_zero` on."""
    try:
        found = _Letters(tokens(_DOTS.sub(" … ", text), axes=True))
    except Refused:
        return ()
    letters, numbers = _FREE_NAME.sub("", found.letters), found.members
    if _LIST.fullmatch(letters):
        return tuple(dict.fromkeys(numbers))[:MOST]
    if _RANGE.fullmatch(letters):
        return _in_steps(*numbers)
    return _within(letters, numbers, 0 if from_zero else None) if _BOUNDS.fullmatch(letters) else ()


def _in_steps(*numbers: int) -> tuple[int, ...]:
    """0..4 and 0, 2, …, 8: in steps as large as the first one written, and through every number written."""
    step = numbers[1] - numbers[0] if len(numbers) > 2 else 1
    members = range(numbers[0], numbers[-1] + 1, step) if step > 0 else range(0)
    return tuple(members) if len(members) < MOST and set(numbers) <= set(members) else ()


def _within(letters: str, numbers: list[int], low: int | None) -> tuple[int, ...]:
    """The whole numbers between two bounds, 0 ≤ P ≤ 1 or P > 0, P < 3."""
    signs = [letter for letter in letters if letter in _TURNED]
    signs[0] = _TURNED[signs[0]] if letters[0] == "n" else signs[0]
    high: int | None = None
    for sign, number in zip(signs, numbers):
        if sign in "<≤":
            high = number - (sign == "<")
        else:
            low = number + (sign == ">")
    members = range(0) if low is None or high is None else range(low, high + 1)
    return tuple(members) if len(members) < MOST else ()
