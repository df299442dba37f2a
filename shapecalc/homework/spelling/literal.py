"""A number as people write it: grouped by thousands, with a unit, in scientific notation, in Chinese numerals.

Pitfall: 1.234 is a little more than one here and over a thousand there, so a lone point with three digits after it is a
doubt that only a unit removes (1.234M); and the M of 60M says how exactly it was written, so every number keeps its step.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .listed import listed
from .refused import Refused
from .words import SMALL, UNITS

_WRITTEN = {
    2: "hundred 百", 3: "k K thousand thousands tsd 千", 4: "万", 5: "十万", 6: "M m mil mill mils million millions mio mln mn mm 百万", 7: "千万",
    8: "亿", 9: "G g B b bn bil billion billions mrd milliard giga 十亿", 10: "百亿", 11: "千亿", 12: "T t tn trillion trillions 万亿",
}  # fmt: skip
POWERS = {word: power for power, words in _WRITTEN.items() for word in listed(words)}
_PREFIXES = {"k": 1, "m": 2, "g": 3, "t": 4}
BYTES = {
    "byte": 1, "bytes": 1, "字节": 1,
    **{f"{prefix}{word}": 1000**n for prefix, n in _PREFIXES.items() for word in ("b", "byte", "bytes", "字节")},
    **{f"{prefix}ib": 1024**n for prefix, n in _PREFIXES.items()},
    **{f"{prefix}{word}": 1000**n for prefix, n in zip(("kilo", "mega", "giga", "tera"), range(1, 5)) for word in ("byte", "bytes")},
}  # fmt: skip
_GROUPED = r"[1-9][0-9]{0,2}(?P<gap>[,' _])[0-9]{3}(?:(?P=gap)[0-9]{3})*(?!(?P=gap)?[0-9])(?:\.[0-9]+)?"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?![0-9.])"
_EURO = (
    r"[1-9][0-9]{0,2}(?P<dot>[. '])[0-9]{3}(?:(?P=dot)[0-9]{3})*,[0-9]{1,2}(?![0-9.,])|[0-9]+,0(?![0-9.,])"
)
_INDIAN = r"[1-9][0-9]?(?:,[0-9]{2}){2,},[0-9]{3}(?![0-9,.])"
_COMMA = r"[0-9],[0-9]+(?=[eE][+-]?[0-9])|[0-9]{1,4},[0-9]{1,2}(?=\s?(?:[kKMG万亿千](?![a-z])|[kKMG]i?[Bb](?![a-z])|(?i:mi[lo])|×\s?10\^))"
_DECIMAL = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_POWER = r"(?:\s?[eE]\s?(?P<e>[+-]?[0-9]{1,3})(?![0-9A-Za-z.])|\s?×\s?10(?:\^|e)\(?(?P<ten>\+?-?[0-9]{1,3})\)?(?![0-9]))?"
_COUNT = Pattern(f"(?P<digits>{_EURO}|{_GROUPED}|{_DOTTED}|{_INDIAN}|{_COMMA}|{_DECIMAL}){_POWER}")
_AXIS = Pattern(r"(?P<digits>[0-9]+(?:\.[0-9]+)?)(?:L(?![A-Za-z]))?")
_UNIT = Pattern(
    r"\s?(?P<unit>[kKMGT]?字节|[十百千万亿]+(?!分)|(?P<letter>[A-Za-z])(?:[-_]?(?P<noun>[A-Za-z]+))?(?![0-9]))"
)
_MORE = Pattern(r"([0-9]+)([千百万])")
_COUNTED = {*UNITS, "ops", "op"}
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

    def times(self, factor: Fraction | int, **more: bool) -> Literal:
        changed = {"scaled": True, "doubt": False, **more}
        return self._replace(value=self.value * factor, step=self.step * factor, **changed)


def literal(text: str, at: int, axes: bool, bytes: bool) -> tuple[Literal, int] | None:
    """The number that begins at `at`, and where it ends; `axes` where commas and spaces split a list, not thousands."""
    match = (_AXIS if axes else _COUNT).match(text, at)
    if match is None:
        return None
    if len(match["digits"]) > MAX_DIGITS:
        raise Refused(_("a number of {n} digits").format(n=len(match["digits"])))
    if axes:
        return _plain(match["digits"], False)._replace(doubt=False), match.end()
    found, power = _plain(match["digits"], match["e"] is not None), match["e"] or match["ten"]
    if power and abs(int(power)) > MAX_DIGITS:
        raise Refused(_("a power of ten beyond all bounds"))
    return _with_unit(found.times(Fraction(10) ** int(power)) if power else found, text, match.end(), bytes)


def _with_unit(found: Literal, text: str, at: int, bytes: bool) -> tuple[Literal, int]:
    """The number with what is written behind it: M, million, 万, KiB; and 万 with a smaller unit, 6万2千."""
    match = _UNIT.match(text, at)
    if match is None:
        return found, at
    unit, end = match["unit"], match.end()
    size = BYTES.get(unit.lower()) or (1 if bytes and unit in ("B", "b") else None)
    if size:
        return found.times(
            size, bytes=True, scaled=found.scaled or size > 1, doubt=found.doubt and size == 1
        ), end
    if match["noun"] and match["noun"].lower() in _COUNTED and match["letter"] in POWERS:
        unit, end = match["letter"], match.end("letter")  # 60Kparams, 3.86 GMac
    power = POWERS.get(unit if len(unit) == 1 else unit.lower())
    if power is None:
        return found, at
    more = _MORE.match(text, end) if unit in "万亿" and found.value.denominator == 1 else None
    found = found.times(10**power, lower_b=unit == "b")
    if more and POWERS[more[2]] < power:
        small = 10 ** POWERS[more[2]]
        return found._replace(value=found.value + int(more[1]) * small, step=Fraction(small)), more.end()
    return found, end


def _plain(digits: str, scientific: bool) -> Literal:
    """Digits without a unit, and whether their point is in doubt; in 1,234E+05 the comma is one."""
    for sign in ("'", " ", "_"):
        digits = digits.replace(sign, "")
    if digits.count(".") > 1 or 0 < digits.find(".") < digits.find(","):
        digits = digits.replace(".", "")
    head, comma, tail = digits.rpartition(",")
    pointed = comma and "." not in digits and (len(tail) < 3 or (scientific and "," not in head))
    digits = f"{head}.{tail}" if pointed else digits.replace(",", "")
    whole, _point, decimals = digits.partition(".")
    doubt = len(decimals) == 3 and len(whole) < 4 and whole.strip("0") != ""
    step = Fraction(1, 10 ** len(decimals))
    return Literal(Fraction(int(whole + decimals)) * step, step, doubt=doubt)


_HANZI = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_DECADES = {
    w: 10 * n for n, w in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_ONES = {**SMALL, **_DECADES, **_HANZI}
_INNER = {"hundred": 2, "十": 1, "百": 2, "千": 3}
"""Units that count inside a group of three or four digits; the others count whole groups."""
HANZI = Pattern(r"[零〇一二两三四五六七八九十百千万亿]+")


def in_words(words: Iterable[str]) -> Literal | None:
    """The number that words write, `four hundred fifty-six` or 四百五十六, with the step of its last word; None for none."""
    total, group, ones, step = 0, 0, -1, 0
    for word in (part for w in words for part in w.split("-")):
        power = POWERS.get(word, 0) if len(word) > 2 or not word.isascii() else 0
        if word in _ONES:
            value = _ONES[word]
            if ones >= 0 and (ones % 10 or ones == 0 or value > 9) and word not in "零〇":
                return None  # four five six
            ones, step = max(ones, 0) + value, 1
        elif word in _INNER and (ones >= 0 or word == "十"):
            step = 10 ** _INNER[word]
            group, ones = group + (ones if ones > 0 else 1) * step, -1
        elif power and (ones >= 0 or group):
            unit, amount = 10**power, group + max(ones, 0)
            total = (total + amount) * unit if total < unit else total + amount * unit
            group, ones, step = 0, -1, step * unit if not word.isascii() else unit
        elif word != "and":
            return None
    return Literal(Fraction(total + group + max(ones, 0)), Fraction(step), step > 1) if step else None
