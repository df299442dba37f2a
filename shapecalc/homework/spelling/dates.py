"""A date that a spreadsheet made of a shape: 10-10-16 was typed, and 2016-10-10, 10.10.2016 or 10-Oct-16 is handed in.

Pitfall: which number stood where is gone with the date's format, so the shape is suggested to a person and never assumed;
and 1.376.256 or 28/28/6 are no dates, as no month has such a number.
"""

from __future__ import annotations

import re

from ...pattern import Pattern

_MONTHS = [
    "jan|ene|gen",
    "feb|fév|fev",
    "mar|mär|mrz",
    "apr|abr|avr",
    "may|mai|mag",
    "jun|giu|juin",
    "jul|lug|juil",
    "aug|ago|aoû",
    "sep|set",
    "oct|okt|ott",
    "nov",
    "dec|dez|dic|déc",
]
_NAME = r"(?P<name>(?:" + "|".join(_MONTHS) + r")[^\W\d_]{0,6})\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[01]?[0-9])"
_YEAR = r"(?P<year>(?:19|20)?[0-9]{2})"
_LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_CLOCK = r"(?:[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?)?"
_FORMS = tuple(
    Pattern(rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:{form}){_CLOCK}", re.IGNORECASE)
    for form in (
        rf"{_LONG_YEAR}(?P<gap>[-/.]){_MONTH}(?P=gap){_DAY}", rf"{_LONG_YEAR} ?年 ?{_MONTH} ?月(?: ?{_DAY} ?日)?",
        rf"{_MONTH} ?月 ?{_DAY} ?日", rf"{_DAY}(?P<gap>[-/.]) ?{_MONTH}(?P=gap) ?{_LONG_YEAR}",
        rf"{_DAY}[-./ ]{{0,2}}{_NAME}(?:[-./, ]{{1,2}}{_YEAR})?", rf"{_NAME}[-./ ]{{0,2}}{_DAY}(?:[-./, ]{{1,2}}{_LONG_YEAR})?",
        rf"{_NAME}[-./ ]{{0,2}}{_LONG_YEAR}",
    )
)  # fmt: skip
_SHORT = Pattern(rf"{_DAY}(?P<gap>[-/.]){_MONTH}(?P=gap){_YEAR}")
"""With a year of two digits it is a date to a reader of shapes only: elsewhere it may be arithmetic."""


def shape_behind(text: str, short: bool) -> str | None:
    """The shape that may have been typed where a date stands; None where the text is no date."""
    if not any(c.isdigit() for c in text):
        return None
    for form in (*_FORMS, *((_SHORT,) if short else ())):
        if match := form.fullmatch(text):
            parts: dict[str, str | None] = {
                "day": None,
                "month": None,
                "year": None,
                "name": None,
                **match.groupdict(),
            }
            name, day = (parts["name"] or "").lower(), int(parts["day"] or 1)
            named = (i for i, names in enumerate(_MONTHS, 1) if re.match(names, name))
            month = next(named, 0) if name else int(parts["month"] or 0)
            if 1 <= month <= 12 and 1 <= day <= 31:
                days = [day] if parts["day"] else []
                order = [month, *days] if text[0].isalpha() and not parts["year"] else [*days, month]
                return "x".join(map(str, [*order, *([int(parts["year"]) % 100] if parts["year"] else [])]))
    return None
