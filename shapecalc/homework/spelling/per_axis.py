"""A padding, a stride, a size or a receptive field: one number, or one per axis; paddings also come as words.

Pitfall: (2, 2) is 2 whichever way it is meant, and (1, 2) is before and after or height and width; only equal numbers are
made one.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .axes import Axis, axes_of
from .number import number
from .pieces import answer, has_digit, pieces
from .refused import Refused
from .tokens import tokens
from .words import SMALL

_WRAPPED = Pattern(r"\([^(]*\)")
_NUMBER = Pattern(r"[0-9]+(?:\.[0-9]+)?")
Sizes = int | tuple[int, ...] | Fraction | str


class PerAxis(Record):
    """What was read, and what the same cell says besides."""

    value: Sizes
    also: int | tuple[int, ...] | str | None = None
    working: str = ""


_WORDS = (
    ("valid", Pattern(r"\bvalid\b|有效", re.IGNORECASE)),
    ("same_lower", Pattern(r"\bsame[-_ ]lower\b", re.IGNORECASE)),
    ("same", Pattern(r"\bsame\b|\bhalf\b|相同|same", re.IGNORECASE)),
    ("full", Pattern(r"\bfull\b", re.IGNORECASE)),
    ("keep", Pattern(r"\bkeep\b", re.IGNORECASE)),
)
_TOTAL = Pattern(r"\btotal\b|\baltogether\b|\bboth sides together\b|\bin all\b|总共|一共|合计", re.IGNORECASE)
_SIDE = Pattern(r"([0-9]{1,4}) (?:on |per |each |every |one )+side", re.IGNORECASE)
_SIDES = Pattern(r"before|after|left|right|top|bottom|[左右上下前后](?=[0-9])")
_NAMED = Pattern(r"(before|after|left|right|top|bottom|[左右上下前后]) ?[=:](?= ?[0-9])", re.IGNORECASE)
_AFTER = ("after", "right", "bottom", "右", "下", "后")
_NOISE = Pattern(
    r"\b(?:(?:on )?(?:each|every|per|either|all|both|one) ?(?:sides?|edges?|borders?|axis|axes|dimensions?|dim)|per side|sides?"
    r"|zero[- ]?paddings?|zeros?(?= )|paddings?|padded|pad|strides?|stepsize|steps?|kernel(?: size)?|receptive field|rf|field|output|size|pixels?|px|cells?"
    r"|(?:in|for) (?:both|each|all) (?:directions?|axes|dimensions?)|[psfkrn](?=\s?[=(,\[]))(?![A-Za-z])"
    r"|before|after|left|right|top|bottom|(?<![0-9])[左上前](?=[0-9])|[右下后](?=[0-9])|每[侧边]|两[侧边]|各|填充|补零|步[长幅]|感受野|为|是|四周|上下左右",
    re.IGNORECASE,
)  # fmt: skip


_AGAIN = Pattern(
    r"\b([psfkrn])(?:_?[a-z0-9])? ?= ?[0-9]+[^=]{1,6}\b\1(?:_?[a-z0-9])? ?= ?[0-9]", re.IGNORECASE
)
"""One name with two values: P=0, P=1."""


def padding(text: str, per: str) -> PerAxis:
    """A padding on one side (`per` is side) or on both together (total), as a number, one per axis, or a word."""
    for word, pattern in _WORDS:
        if pattern.search(text):
            if not has_digit(text):
                return PerAxis(word)
            found = padding(pattern.sub(" ", text), per)
            return found._replace(also=found.also or word)
    _in_order([match[0] in _AFTER for match in _SIDES.finditer(text.lower())])
    if not _TOTAL.search(text):
        return sizes(text)
    one_side = _SIDE.search(text)
    numbers = sorted(int(n) for n in _NUMBER.findall(text) if n.isdigit())
    if one_side and numbers == [int(one_side[1]), 2 * int(one_side[1])]:
        return PerAxis(numbers[per == "total"])
    found = sizes(_TOTAL.sub(" ", text))
    if per == "total":
        return found
    if not isinstance(found.value, int) or found.value % 2:
        raise Refused(_("it is a total that does not halve; write the padding of one side"))
    return found._replace(value=found.value // 2)


def _in_order(after: list[bool]) -> None:
    """Refuse sides that are not named before and after, left and right: whether each is one that comes after."""
    if after[:1] == [True] or (True, False) in pairwise(after):
        raise Refused(_("name the sides in order: before and after, left and right, top and bottom"))


def sizes(text: str) -> PerAxis:
    """One number, or one per axis where they differ. Raises Refused."""
    cleaned = _cleaned(text)
    chain = pieces(cleaned)
    last = answer(chain)
    piece = chain[last][1] if last >= 0 else ""
    many = any(sign in piece for sign in "×,;@^") or len(_NUMBER.findall(piece.strip("()[]"))) > 1
    summed = any(sign in piece for sign in "+/⌊⌈") or "-" in piece.strip("( ")
    if many and not (summed and "," not in piece):
        before = chain[last - 1][1] if last else ""
        return PerAxis(
            _whole(axes_of(tokens(piece, axes=True)).axes), working=before if has_digit(before) else ""
        )
    amount = number(cleaned)
    value = int(amount.value) if amount.value.denominator == 1 else amount.value
    return PerAxis(value, working=amount.working)


def _cleaned(text: str) -> str:
    """Without the words that only say what is counted, and the brackets around it."""
    if again := _AGAIN.search(text):
        text = re.sub(rf"\b{again[1]}(?:_?[a-z0-9])? ?=", " ", text, flags=re.IGNORECASE)
    cleaned = " ".join(_NOISE.sub(" ", _NAMED.sub(r"\1 ", text)).split()).strip(" ,:=")
    if not has_digit(cleaned) and cleaned.lower() not in SMALL:
        return text
    return cleaned[1:-1].strip(" ,:=") if _WRAPPED.fullmatch(cleaned) else cleaned


def _whole(axes: tuple[Axis, ...]) -> int | tuple[int, ...]:
    """One number where all are equal. Zeros stay: (0, 1) is a padding."""
    broken = next((axis for axis in axes if axis is not None and axis.denominator != 1), None)
    if broken is not None:
        raise Refused(_("{value} is not whole").format(value=float(broken)), wrong=True, value=broken)
    whole = tuple(int(axis) for axis in axes if axis is not None and axis >= 0 and axis.denominator == 1)
    if len(whole) < len(axes):
        raise Refused(_("a size is a whole number, and none of these may be negative"))
    return whole[0] if len(set(whole)) == 1 else whole
