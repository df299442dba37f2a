"""Whether an answer as it was written is the right one: the same value, the same in another form, or rounded to it.

Pitfall: a rounded answer is right within half a unit of its last digit, so 62.4M is right for 62,378,344 and 60M is not,
unless the key accepts it. 28×28 without a depth is no shape of a map, however right its numbers are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from ..pattern import Pattern
from ..record import Record
from ..spec.grading import Tolerance
from ..text import N_, _
from .answers import Reading
from .conventions import Conventions

PER_AXIS = ("receptive_field", "padding", "stride")
SETTINGS = ("padding", "stride")
"""Settings that a question may have several right answers for."""
RIGHT = ("correct", "equivalent", "rounded")
SHAPES = ("output_shape", *PER_AXIS)
MILLION = 1_000_000


class Verdict(Record):
    """How an answer is right: `state`, what the key may give it another credit for, and a remark."""

    state: str
    credit: str = ""
    remark: str = ""


CORRECT = Verdict("correct")
EQUIVALENT = Verdict("equivalent", "equivalent")
ONE_OF_SEVERAL = "one_of_several"
ROUNDED = Verdict("rounded", "rounded")
OTHER_LAYOUT = {
    "HWC": N_("right in CHW, and this sheet asks HWC"),
    "CHW": N_("right in HWC, and this sheet asks CHW"),
}

EXACT = Tolerance()
_AXES = Pattern(r"[0-9]+")
"""The axes of a vector as it is written: a reader takes the ones away, and 1x1x400 is another form of 400."""


def judge(
    reading: Reading, wanted: Any, quantity: str, used: Conventions, limits: Tolerance = EXACT
) -> Verdict | None:
    """How `reading` answers `wanted`, or None where it does not."""
    for value in (reading.value, reading.also):
        if value is None:
            continue
        if quantity == "output_shape":
            found = same_shape(value, wanted, used)
            if found and not found.remark and isinstance(value, tuple) and len(value) == 1:
                found = CORRECT if written_axes(reading) == len(wanted) else EQUIVALENT
        elif quantity in PER_AXIS:
            found = same_setting(value, wanted)
        else:
            found = same_number(reading, value, wanted, used, limits)
        if found:
            return found
    return None


def judge_several(
    reading: Reading, right: Sequence[Any], quantity: str, used: Conventions, limits: Tolerance = EXACT
) -> Verdict | None:
    """How `reading` answers a question that has all of `right` for its answers, or None where it is wrong.

    A set (`0 or 1`) is right where its members are exactly the right ones, and wrong where one of them is. A part of the
    right ones, and one alone, is right too, with the credit that the key gives `one_of_several`.
    """
    for wanted in right:
        if found := judge(reading, wanted, quantity, used, limits):
            return found if len(right) < 2 else found._replace(credit=ONE_OF_SEVERAL)
    members = [reading._replace(value=member, also=None) for member in reading.choices if len(right) > 1]
    met = [
        {i for i, wanted in enumerate(right) if judge(one, wanted, quantity, used, limits)} for one in members
    ]
    if not met or not all(met):
        return None
    if len(set().union(*met)) == len(right):
        return CORRECT
    return Verdict("correct", ONE_OF_SEVERAL, _("right, and there are more right answers"))


def written_axes(reading: Reading) -> int:
    """How many axes a vector was written with: three for 1x1x400, one for 400."""
    return len(_AXES.findall(reading.text)) or 1


def same_shape(value: Any, wanted: tuple[int, ...], used: Conventions) -> Verdict | None:
    """A shape against a channels-last one: itself, with a batch axis, as a column vector, or in the other layout."""
    shape = (value,) if isinstance(value, int) else value
    if not isinstance(shape, tuple):
        return None
    if shape == wanted:
        return CORRECT
    if len(shape) == len(wanted) + 1 and (sample := unbatched(shape, used)):
        return EQUIVALENT if sample == wanted else same_shape(sample, wanted, used)
    if 1 in (len(wanted), len(shape)) and squeezed(shape) == squeezed(wanted):
        return EQUIVALENT
    if len(shape) > 1 and turned(shape, used) == wanted:
        return Verdict("equivalent", "layout", _(OTHER_LAYOUT[used.layout]))
    return None


def unbatched(shape: tuple[int, ...], used: Conventions) -> tuple[int, ...] | None:
    """A shape without its batch axis, which stands first as it is written; None where that is neither 1 nor the batch."""
    first, rest = (shape[0], shape[1:]) if used.layout == "HWC" else (shape[-1], shape[:-1])
    if first not in (1, used.batch) or len(rest) < 1:
        return None
    return rest if used.layout == "HWC" else (*rest[1:], rest[0])


def turned(shape: tuple[int, ...], used: Conventions) -> tuple[int, ...]:
    """What a shape read in the sheet's layout would be in the other one, channels-last."""
    return (*shape[1:], shape[0]) if used.layout == "HWC" else (shape[-1], *shape[:-1])


def squeezed(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape without its axes of length 1."""
    return tuple(n for n in shape if n != 1) or (1,)


def same_setting(value: Any, wanted: Any) -> Verdict | None:
    """A padding, a stride or a receptive field: one number for all axes, or one an axis."""
    if value == wanted:
        return CORRECT
    one, many = (value, wanted) if isinstance(value, int) else (wanted, value)
    if isinstance(one, int) and isinstance(many, tuple) and many and set(many) == {one}:
        return CORRECT
    return None


def same_number(
    reading: Reading, value: Any, wanted: int, used: Conventions, limits: Tolerance
) -> Verdict | None:
    """A number against a whole one: itself, written as arithmetic, rounded to it, or as near as the key allows."""
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    if value == "none" and wanted == 0:
        return CORRECT
    if not isinstance(value, (int, Fraction)) or not isinstance(wanted, int):
        return None
    if value == wanted:
        return EQUIVALENT if reading.working and "=" not in reading.text.lstrip("= ") else CORRECT
    value, step = Fraction(value), reading.step if value == reading.value else None
    if step and not limits.exact:
        digits = used.min_digits if limits.min_digits is None else limits.min_digits
        if len(str(int(value) // step)) >= digits:
            if 2 * abs(wanted - value) <= step:
                return ROUNDED
            if value < wanted < value + step:
                return Verdict("rounded", "cut", _("cut, not rounded"))
    return ROUNDED if within(value, wanted, limits) else None


def within(value: Fraction, wanted: int, limits: Tolerance) -> bool:
    """Whether a number is right by the key's tolerance."""
    if limits.range and limits.range[0] <= value <= limits.range[1]:
        return True
    return abs(value - wanted) <= limits.off or (
        limits.rel > 0 and abs(value - wanted) * MILLION <= limits.rel * abs(wanted)
    )


def without_depth(reading: Reading, wanted: Any) -> bool:
    """Whether the answer is the right map without its channels: 28×28 for 28×28×6."""
    return isinstance(wanted, tuple) and len(wanted) > 1 and reading.value == wanted[:-1]


def counted(reading: Reading, quantity: str, used: Conventions) -> Reading | None:
    """The answer in what the column counts, where it says what it counts itself; None where that is another thing.

    705,600 FLOPs are 352,800 MACs; 456 bytes are no number of parameters.
    """
    unit, value = reading.unit, reading.value
    if quantity in ("macs", "flops") and unit in ("macs", "flops") and isinstance(value, int):
        asked = "flops" if quantity == "flops" or used.cost == "flop" else "macs"
        if unit == asked:
            return reading
        scale = Fraction(2) if asked == "flops" else Fraction(1, 2)
        step = reading.step and max(1, int(reading.step * scale))
        return (
            reading._replace(value=value * scale, step=step) if value * scale == int(value * scale) else None
        )
    return None if unit == "bytes" and quantity != "memory" else reading


def too_coarse(reading: Reading, wanted: Any) -> bool:
    """Whether the answer would be right if its few digits were enough."""
    value, step = reading.value, reading.step
    return (
        isinstance(value, int)
        and isinstance(wanted, int)
        and bool(step)
        and 2 * abs(wanted - value) <= (step or 0)
    )


def accepted(reading: Reading, texts: Iterable[tuple[str, Reading]]) -> bool:
    """Whether the key lists this answer: the same text, or another spelling of the same value."""
    own = simple(reading.text)
    for text, other in texts:
        if simple(text) == own or (
            other.state == "read" and reading.value == other.value and reading.value is not None
        ):
            return True
    return False


def simple(text: str) -> str:
    """A text without blanks and case, for comparing answers that are words."""
    return "".join(text.casefold().split())
