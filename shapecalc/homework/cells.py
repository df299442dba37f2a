"""One cell of an answer sheet, in whatever spelling, becomes a value, a blank, or a refusal in words.

The spellings are read by small parsers of our own under `spelling/`: nothing a student types is ever run, and length,
depth and size are bounded before anything is worked out. Pitfall: the same text is read differently by what was asked:
`28, 28, 6` is a shape and two numbers too many; `none` is 0 parameters and no shape at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from ..pattern import Pattern
from ..quantities import QUANTITIES
from ..text import _
from .answers import Reading
from .spelling.dates import shape_behind
from .spelling.normal import normal
from .spelling.refused import Refused
from .spelling.words import BLANK, says_nothing

KINDS: Mapping[str, str] = {name: quantity.kind for name, quantity in QUANTITIES.items()}
"""What kind of answer each column of a sheet holds."""
SETTINGS = ("padding", "stride", "size", "number")
"""Kinds of answers of which a question may have several."""
MAX_LENGTH = 500
_DIGITS = Pattern(r"0|[1-9][0-9]{0,14}")
_DECIMAL_COMMA = Pattern(r"^([0-9]+),([0-9]+)(?=%?$)")


def read_cell(
    text: str, kind: str, *, layout: str = "HWC", batch: bool = False, per: str = "side"
) -> Reading:
    """What stands in a cell, read as `kind`.

    `kind` is shape, number, bytes, padding, stride, size, receptive_field, ratio or yes_no (KINDS has the kind of each
    column). `layout` is the order of axes that the sheet asks for: HWC, CHW, or NHWC or NCHW, which like `batch` say that
    shapes begin with a batch axis; None, ? and -1 in front are a batch axis always. `per` is what the sheet calls a
    padding: that of one side, or the total of an axis. A shape comes back channels last, a vector as one axis however many
    1s stand around it. Never raises for a text.
    """
    if len(text) > MAX_LENGTH:
        return Reading(text, "unreadable", reason=_("it is too long to be an answer"))
    return _read(text, kind, layout, batch, per, _("there is no number in it"))


@lru_cache(maxsize=65536)
def _read(text: str, kind: str, layout: str, batch: bool, per: str, language: str) -> Reading:
    if kind in ("number", "bytes") and _DIGITS.fullmatch(text):
        return Reading(text, "read", int(text))
    plain = normal(text)
    if plain.lower() in BLANK or not plain:
        return _sign(text, kind) or Reading(text, "blank")
    if says_nothing(plain, kind in ("number", "bytes")) or (kind == "padding" and plain.lower() == "no"):
        return _nothing(text, plain, kind)
    if kind not in ("ratio", "yes_no") and (
        typed := shape_behind(plain, short=kind not in ("number", "bytes"))
    ):
        reason = _("it looks like a date that a spreadsheet made of a shape such as {shape}; write it with x")
        return Reading(text, "unreadable", reason=reason.format(shape=typed))
    found = _single(text, plain, kind, layout, batch, per)
    if kind in SETTINGS and (found.state == "unreadable" or isinstance(found.value, tuple)):
        from .spelling.several import several

        return found._replace(choices=several(plain, from_zero=kind == "padding"))
    return found


def _single(text: str, plain: str, kind: str, layout: str, batch: bool, per: str) -> Reading:
    """The one value of a cell."""
    try:
        return _meant(text, plain, kind, layout, batch, per)
    except Refused as refused:
        if refused.wrong:
            value = refused.value if isinstance(refused.value, (int, Fraction)) else None
            return Reading(text, "wrong", value, reason=refused.reason)
        return Reading(text, "unreadable", reason=refused.reason)


def _nothing(text: str, plain: str, kind: str) -> Reading:
    """`none` and the like."""
    if kind in ("shape", "size", "receptive_field", "stride"):
        zero = plain.lower() in ("zero", "零", "〇")
        return Reading(text, "wrong", 0, reason=_("an axis cannot be 0")) if zero else Reading(text, "blank")
    if kind == "yes_no":
        return Reading(text, "read", "no")
    return Reading(text, "read", 0)


def _sign(text: str, kind: str) -> Reading | None:
    """× and √ alone are an answer where yes or no was asked."""
    if kind != "yes_no" or any(c.isalpha() for c in text):
        return None
    from .spelling.yes_no import yes_no

    word = yes_no(text)
    return Reading(text, "read", word) if word else None


def _meant(text: str, plain: str, kind: str, layout: str, batch: bool, per: str) -> Reading:
    if kind == "shape":
        from .spelling.shape import shape

        found = shape(plain, layout, batch)
        return Reading(text, "read", found.axes, working=found.working, also=found.also)
    if kind in ("number", "bytes", "ratio"):
        return _number(text, plain, kind)
    if kind == "yes_no":
        from .spelling.yes_no import yes_no

        word = yes_no(text)
        if word is None:
            raise Refused(_("it says neither yes nor no"))
        return Reading(text, "read", word)
    from .spelling import per_axis

    sizes = per_axis.padding(plain, per) if kind == "padding" else per_axis.sizes(plain)
    if isinstance(sizes.value, str):
        return Reading(text, "word", sizes.value)
    if isinstance(sizes.value, Fraction):
        return _not_whole(text, sizes.value, sizes.working)
    if isinstance(sizes.value, int) and sizes.value < (kind != "padding"):
        return Reading(
            text, "wrong", sizes.value, None, sizes.working, _("it cannot be {n}").format(n=sizes.value)
        )
    return Reading(text, "read", sizes.value, working=sizes.working, also=sizes.also)


def _number(text: str, plain: str, kind: str) -> Reading:
    from .spelling.number import number

    percent = kind == "ratio" and plain.endswith("%")
    if kind == "ratio":
        plain = _DECIMAL_COMMA.sub(r"\1.\2", plain).rstrip("%× ")
    found = number(plain, kind)
    if percent:
        found = found._replace(value=found.value / 100)
    if found.value.denominator != 1:
        if kind == "ratio":
            return Reading(text, "read", found.value, working=found.working)
        return _not_whole(text, found.value, found.working)
    if found.value < 0:
        reason = _("it cannot be negative")
        return Reading(text, "wrong", int(found.value), None, found.working, reason)
    return Reading(text, "read", int(found.value), _whole(found.step), found.working, unit=found.unit)


def _whole(step: Fraction | None) -> int | None:
    """The size of the last digit in whole numbers; None where the answer is exact to the last one."""
    whole = 0 if step is None else (2 * step.numerator + step.denominator) // (2 * step.denominator)
    return whole if whole > 1 else None


def _not_whole(text: str, value: Fraction, working: str) -> Reading:
    reason = _("{value} is not whole").format(value=f"{float(value):.10g}")
    return Reading(text, "wrong", value, None, working, reason)
