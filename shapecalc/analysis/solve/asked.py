"""What was asked about a window: each letter a number, one number an axis, a padding word, or unknown.

Pitfall: sizes per axis (`224x320`) make one question of each axis; one number holds for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import index
from typing import Any

from ...errors import UsageError
from ...layers._window import WORDS
from ...record import Record
from ...spec.findings import shortened
from ...text import N_, _
from .rules import LETTERS, LIMIT, LOWEST, NAMES, Rule

UNKNOWN = ("unknown", "?", "")
CHANNELS = N_("leave the channels out: the depth does not change the size")
Given = int | str | Sequence[int] | None


class Asked(Record):
    """A question: `given` as it was asked, `unknown` letters in order, and the numbers given along each axis."""

    given: Mapping[str, Any]
    unknown: tuple[str, ...]
    axes: tuple[Mapping[str, int], ...]
    rule: Rule


def ask(values: Mapping[str, Given], rule: Rule) -> Asked:
    """The question that these values put; what is None or `unknown` is asked for, and D is 1. Raises UsageError."""
    read = {name: _read(name, values.get(name)) for name in NAMES}
    if values.get("d") is None:
        read["d"] = 1
    if isinstance(read["p"], str):
        rule = rule._replace(word=read["p"])
        if rule.transposed and rule.word not in ("valid", "same", "same_lower"):
            message = _("a transposed convolution takes p = valid, same or a number, not {word}")
            raise UsageError(message.format(word=rule.word))
        if rule.transposed and rule.word == "same_lower":
            rule = rule._replace(word="same")
    unknown = tuple(name for name in NAMES if read[name] is None)
    given = {name: read[name] for name in NAMES if read[name] is not None}
    if values.get("d") is None:
        del given["d"]
    if not given:
        raise UsageError(_("nothing is given"), "shapecalc solve --n 224 --f 7 --s 2 --p 3")
    lengths = {len(v) for v in read.values() if isinstance(v, tuple)}
    if len(lengths) > 1:
        listed = ", ".join(f"{name} {_text(v)}" for name, v in given.items() if isinstance(v, tuple))
        message = _("these have different numbers of axes: {sizes}").format(sizes=listed)
        help = _("write one number for all axes, or one for each")
        if isinstance(read["n"], tuple) and {*lengths} == {len(read["n"]), len(read["n"]) - 1}:
            help = CHANNELS if len(read["n"]) == max(lengths) else help
        raise UsageError(message, _(help))
    number = lengths.pop() if lengths else 1
    axes = []
    for axis in range(number):
        numbers = {n: v[axis] if isinstance(v, tuple) else v for n, v in read.items() if v is not None}
        axes.append({n: v for n, v in numbers.items() if not isinstance(v, str)})
    if all(axis == axes[0] for axis in axes):
        axes = axes[:1]
    return Asked(given, unknown, tuple(axes), rule)


def _read(name: str, value: Given) -> int | str | tuple[int, ...] | None:
    """A letter's value from what was written: a number, a tuple, a word, or None where it is unknown."""
    if value is None:
        return None
    if not isinstance(value, str):
        try:
            numbers = (index(value),) if hasattr(value, "__index__") else tuple(map(index, value))
        except TypeError:
            numbers = ()
        if isinstance(value, bool) or not 1 <= len(numbers) <= 3:
            message = _(
                "{letter} is a whole number, one for each of up to three axes, or unknown; not {text}"
            )
            raise UsageError(message.format(letter=LETTERS[name], text=value))
        checked = tuple(_checked(name, number) for number in numbers)
        return checked[0] if hasattr(value, "__index__") else checked
    text = value.strip().lower()
    if text in UNKNOWN:
        return None
    if name == "p" and text in (*WORDS, "none"):
        return "valid" if text == "none" else text
    plain = text.strip("[]()")
    if not re.fullmatch(r"[0-9]+(?:\s*[x×,]\s*[0-9]+){0,2}", plain, re.ASCII):
        message = _("{letter} is a whole number, a size such as 3x5, or unknown; not {text}")
        help = _("or one of these words: {words}").format(words=" ".join(WORDS)) if name == "p" else None
        if name == "n" and re.fullmatch(r"[0-9]+(?:\s*[x×,]\s*[0-9]+){3}", plain):
            help = _(CHANNELS)
        raise UsageError(message.format(letter=LETTERS[name], text=value), help)
    numbers = tuple(_checked(name, part) for part in re.findall("[0-9]+", plain))
    return numbers if len(numbers) > 1 else numbers[0]


def _checked(name: str, given: int | str) -> int:
    """The number, if it lies within the letter's limits; digits by the thousand are never made a number of."""
    long = len(given) > 400 if isinstance(given, str) else abs(given) > 10**400
    value = LIMIT + 1 if long else int(given)
    if not LOWEST[name] <= value <= LIMIT:
        shown = shortened(given) if isinstance(given, str) else "…" if long else given
        message = _("{letter} is at least {low} and at most 10^18, not {value}")
        raise UsageError(message.format(letter=LETTERS[name], low=LOWEST[name], value=shown))
    return value


def _text(value: Any) -> str:
    return "x".join(map(str, value)) if isinstance(value, tuple) else str(value)
