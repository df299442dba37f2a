"""A number as people write it: grouped by thousands, with a unit, in scientific notation, in Chinese numerals.

Pitfall: 1.234 is a little more than one here and over a thousand there, so a lone point with three digits after it is a
doubt that only a unit removes (1.234M); and the M of 60M says how exactly it was written, so every number keeps its step.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .listed import listed
from .refused import Refused
from .words import SMALL

POWERS = {
    **dict.fromkeys(["hundred", "百"], 2),
    **dict.fromkeys(["k", "K", "thousand", "thousands", "tsd", "千"], 3),
    "万": 4,
    "十万": 5,
    **dict.fromkeys(
        ["M", "m", "mil", "mill", "mils", "million", "millions", "mio", "mln", "mn", "mm", "百万"], 6
    ),
    "千万": 7,
    **dict.fromkeys(["亿"], 8),
    **dict.fromkeys(
        ["G", "g", "B", "b", "bn", "bil", "billion", "billions", "mrd", "milliard", "giga", "十亿"], 9
    ),
    **dict.fromkeys(["百亿"], 10),
    **dict.fromkeys(["千亿"], 11),
    **dict.fromkeys(["T", "t", "tn", "trillion", "trillions", "万亿"], 12),
}
_WORD_UNITS = "|".join(sorted((w for w in POWERS if len(w) > 1 and w.isascii()), key=len, reverse=True))
_COUNTED = r"(?:flops?|macs?|macc|params?|parameters?|madds?|mult|ops?|weights?)"
_UNIT = (
    r"(?P<unit>[十百千]?[万亿]|万亿|[百千](?!分)|(?:(?i:" + _WORD_UNITS + r")(?![A-Za-z]))"
    r"|[kKMmGgBbTt](?=[-_]?(?i:" + _COUNTED + r")(?![A-Za-z]))|[kKMmGgBbTt](?![A-Za-z0-9])|[kKMGT](?=字节))"
)
_BYTE = (
    r"(?P<byte>(?P<prefix>[kKMmGgTt])(?P<binary>i)?[Bb](?:ytes?)?(?![A-Za-z])"
    r"|(?P<long>kilo|mega|giga|tera|Kilo|Mega|Giga|Tera)(?P<kibi>)[Bb]ytes?(?![A-Za-z])|(?P<one>[Bb]ytes?|字节)(?![A-Za-z]))"
)
_GROUPED = r"[1-9][0-9]{0,2}(?P<gap>[,' _])[0-9]{3}(?:(?P=gap)[0-9]{3})*(?!(?P=gap)?[0-9])(?:\.[0-9]+)?"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?![0-9.])"
_COMMA = r"[0-9]{1,4},[0-9]{1,2}(?=\s?(?:[kKMG万亿千](?![a-z])|[kKMG]i?[Bb](?![a-z])|(?i:mi[lo])|×\s?10\^))"
_DECIMAL = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_POWER = r"(?:\s?[eE]\s?(?P<exponent>[+-]?[0-9]{1,3})(?![0-9A-Za-z.])|\s?×\s?10(?:\^|e)\(?(?P<ten>\+?-?[0-9]{1,3})\)?(?![0-9]))?"
_AFTER = r"(?:\s?(?:" + _BYTE + "|" + _UNIT + "))?"
_COUNT = Pattern(f"(?P<digits>{_GROUPED}|{_DOTTED}|{_COMMA}|{_DECIMAL}){_POWER}{_AFTER}")
_AXIS = Pattern(r"(?P<digits>[0-9]+(?:\.[0-9]+)?)(?:L(?![A-Za-z]))?")
_MORE = Pattern(r"(?P<digits>[0-9]+)(?P<unit>[千百万])")
_KIBI = {"k": 1, "m": 2, "g": 3, "t": 4}
_HANZI = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DECADES = {
    w: 10 * n for n, w in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_TENS = {"十": 10, "百": 100, "千": 1000}
HANZI = Pattern(r"[零〇一二两三四五六七八九十百千万亿]+")
MAX_DIGITS = 40


class Literal(Record):
    """A number: its value, the size of its last digit, whether a unit or a power was written, and what stands against it."""

    value: Fraction
    step: Fraction
    scaled: bool = False
    bytes: bool = False
    doubt: bool = False
    """A lone point with three digits after it: thousands here, decimals there."""
    lower_b: bool = False


def literal(text: str, at: int, axes: bool, bytes: bool) -> tuple[Literal, int] | None:
    """The number that begins at `at`, and where it ends; `axes` where commas and spaces split a list, not thousands."""
    match = (_AXIS if axes else _COUNT).match(text, at)
    if match is None:
        return None
    digits = match["digits"]
    if len(digits) > MAX_DIGITS:
        raise Refused(_("a number of {n} digits").format(n=len(digits)))
    if axes:
        value, step, doubt = _plain(digits)
        return Literal(value, step), match.end()
    value, step, doubt = _plain(digits)
    end, scaled = match.end(), False
    exponent = match["exponent"] or match["ten"]
    factor = Fraction(1)
    if exponent:
        if abs(int(exponent)) > MAX_DIGITS:
            raise Refused(_("a power of ten beyond all bounds"))
        factor, scaled, doubt = Fraction(10) ** int(exponent), True, False
    if match["byte"]:
        letter = (match["prefix"] or match["long"] or "")[:1].lower()
        if letter:
            factor *= 1024 ** _KIBI[letter] if match["binary"] else 1000 ** _KIBI[letter]
            scaled, doubt = True, False
        return Literal(value * factor, step * factor, scaled, True, doubt), end
    unit = match["unit"]
    if bytes and unit in ("B", "b"):
        return Literal(value * factor, step * factor, scaled, True, doubt), end
    if unit:
        factor *= 10 ** (POWERS[unit] if unit in POWERS else POWERS[unit.lower()])
        if unit in "万亿":
            more = _MORE.match(text, end)
            if more and POWERS[more["unit"]] < POWERS[unit] and "." not in digits:
                small = 10 ** POWERS[more["unit"]]
                return Literal(
                    value * factor + int(more["digits"]) * small, Fraction(small), True
                ), more.end()
        return Literal(value * factor, step * factor, True, lower_b=unit == "b"), end
    return Literal(value * factor, step * factor, scaled, False, doubt), end


def _plain(digits: str) -> tuple[Fraction, Fraction, bool]:
    """Value and step of digits without a unit, and whether their point is in doubt."""
    for sign in ("'", " ", "_"):
        digits = digits.replace(sign, "")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    if "," in digits:
        head, _comma, tail = digits.rpartition(",")
        digits = f"{head}.{tail}" if len(tail) < 3 and "." not in digits else digits.replace(",", "")
    whole, point, decimals = digits.partition(".")
    doubt = bool(point) and len(decimals) == 3 and len(whole) < 4 and whole.strip("0") != ""
    step = Fraction(1, 10 ** len(decimals))
    return Fraction(int((whole + decimals) or "0")) * step, step, doubt


def hanzi(text: str) -> Literal | None:
    """The number that Chinese numerals write, with the step of its last digit; None where they write none."""
    total = section = digit = 0
    step = 1
    seen = False
    for c in text:
        if c in _HANZI:
            if seen and digit:
                return None
            digit, seen, step = _HANZI[c], True, 1
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit, seen, step = 0, True, _TENS[c]
        else:
            unit = 10 ** POWERS[c]
            if not seen:
                return None
            total = (total + section + digit) * unit if c == "亿" else total + (section + digit) * unit
            section = digit = 0
            step *= unit
    return Literal(Fraction(total + section + digit), Fraction(step), step > 1) if seen else None


def english(words: Sequence[str]) -> Literal | None:
    """The number that English words write, `sixty million`; None where they write none."""
    total = section = 0
    step = 1
    if not words or len(words) > 12:
        return None
    for word in (part for w in words for part in w.split("-")):
        power = POWERS.get(word) if len(word) > 2 else None
        if word in SMALL or word in _DECADES:
            more = SMALL.get(word) or _DECADES.get(word, 0)
            if section % 10 or (section % 100 and more > 9):
                return None  # four five six
            section, step = section + more, 1
        elif word == "hundred" and section:
            section, step = section * 100, 100
        elif power and section:
            total, section, step = total + section * 10**power, 0, 10**power
        elif word != "and":
            return None
    return Literal(Fraction(total + section), Fraction(step), step > 1)
