"""Slips that are seen in the number itself: a power of ten, a factor, two digits swapped, a guessed fan-in.

They are recognised, not made: `seen_in` asks of a value whether it is the right one with such a slip. Pitfall: a
factor or a digit explains a number only if it does so exactly, or to the last digit that was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

from ...text import N_
from ..question import Question
from ..working import Given, Working
from ._chain import map_before
from ._slip import CHAIN, COUNTS, FAN_IN, SIZE, UNIT, Changed, Slip, recognised, slip

NUMBERS = f"{COUNTS} activations memory"
BINARY = (Fraction(1024, 1000), Fraction(1024**2, 1000**2), Fraction(1024**3, 1000**3))
LEAST_MODULUS = 50


@slip(1, UNIT, NUMBERS, N_("a factor with no rule"), "倍数无法解释")
def unexplained_factor(w: Working) -> Changed:
    if w.question.quantity == "memory":  # values given for bytes
        yield Given(prod(w.layer.y))


unit_slip = recognised("unit_slip", 1, UNIT, NUMBERS, N_("wrong power of ten"), "单位差十倍(万/亿)")
decimal_slip = recognised("decimal_slip", 1, UNIT, NUMBERS, N_("one digit too many"), "多写一位")
arithmetic_slip = recognised("arithmetic_slip", 2, UNIT, NUMBERS, N_("plain arithmetic slip"), "计算失误")
misread = recognised("misread", 1, UNIT, COUNTS, N_("number misread"), "看错题目数字")
guessed_flatten = recognised(
    "guessed_flatten", 1, FAN_IN, COUNTS, N_("flatten size guessed"), "展平长度是猜的"
)
carried_error = recognised("carried_error", 7, CHAIN, NUMBERS, N_("right step on a wrong earlier value"),
                           "沿用了前面的错误(过程正确)")  # fmt: skip
unexplained_size = recognised(
    "unexplained_size", 2, SIZE, NUMBERS, N_("no usual rule gives the size"), "尺寸无法归因"
)
no_output_projection = recognised("no_output_projection", 1, FAN_IN, NUMBERS,
                                  N_("output projection of attention forgotten"), "漏算输出投影", special=True)  # fmt: skip


def seen_in(asked: Question, right: Any, value: Any, step: int | None) -> Iterator[tuple[Slip | str, str]]:
    """Slips (or ids) that show in a value; `step` is the last digit written, where it is rounded."""
    if asked.quantity == "weight_shape":
        yield from _fan_in_of_shape(right, value)
    if any(isinstance(n, Fraction) for n in (value if isinstance(value, tuple) else (value,))):
        if asked.quantity not in COUNTS.split():
            yield "not_rounded", ""
        return
    if asked.quantity not in NUMBERS.split() or not isinstance(value, int) or not isinstance(right, int):
        return
    if not right or not value:
        return
    found = [*_powers(asked, right, value, step), *_factors(right, value, step)]
    yield from found
    if step is None and not found:
        yield from _guessed(asked, right, value)


def _fan_in_of_shape(right: Any, value: Any) -> Iterator[tuple[str, str]]:
    alike = isinstance(value, tuple) and isinstance(right, tuple) and len(value) == len(right)
    if alike and (*value[:-2], value[-1]) == (*right[:-2], right[-1]):
        yield "wrong_fan_in", ""


def written_step(value: int, step: int | None) -> int:
    """The unit of the last digit that carries something: 13,000,000 is written to the million."""
    text = str(value)
    zeros = len(text) - len(text.rstrip("0"))
    return max(step or 1, 10**zeros if zeros >= 3 and len(text) - zeros in (2, 3, 4) else 1)


def last_digit(value: Any) -> int | None:
    """The unit of the last digit that is not 0, where a number ends in so many that it was rounded: 8,200,000,000."""
    if not isinstance(value, int) or value <= 0:
        return None
    text = str(value)
    zeros = len(text) - len(text.rstrip("0"))
    return 10**zeros if zeros >= 4 and 2 <= len(text) - zeros <= 4 else None


def _powers(asked: Question, right: int, value: int, step: int | None) -> Iterator[tuple[Slip, str]]:
    unit = written_step(value, step)
    for k in (1, 2, 3, 4, 6, 8):
        up, down = value == right * 10**k, value * 10**k == right
        if k == 1 and up:
            yield decimal_slip, f"{right}·10"
        if (
            up
            or down
            or (unit > 1 and (abs(value - right * 10**k) < unit or abs(value * 10**k - right) < unit * 10**k))
        ):
            yield unit_slip, f"{right}·10^{k}" if value > right else f"{right} / 10^{k}"
    if asked.quantity == "memory":
        for factor in BINARY:
            if any(abs(value - right * f) < max(1, unit / 2) for f in (factor, 1 / factor)):
                yield unit_slip, ""


def _factors(right: int, value: int, step: int | None) -> Iterator[tuple[Slip, str]]:
    half = Fraction(step or 0, 2)
    for k in range(2, 17):
        if k == 10:
            continue
        if abs(value - k * right) <= half:
            yield unexplained_factor, f"{k}·{right}"
        elif k > 2 and (value * k == right or (step and abs(value - Fraction(right, k)) <= half)):
            yield unexplained_factor, f"{right} / {k}"


def _guessed(asked: Question, right: int, value: int) -> Iterator[tuple[Slip | str, str]]:
    """Another number of inputs: the value less the biases is a whole multiple of what one input costs."""
    if asked.quantity not in ("params", "weights") or asked.word not in ("fc", "linear", "conv"):
        return
    if asked.options.get("groups", 1) != 1 or (asked.quantity == "params" and not asked.options.get("bias")):
        return
    layer = asked.layer()
    each = prod(asked.options.get("kernel", ())) * layer.y[-1]
    inputs, rest = divmod(value - (layer.count("biases") if asked.quantity == "params" else 0), each)
    if each >= LEAST_MODULUS and rest == 0 and inputs > 0:
        found = guessed_flatten if map_before(asked) else "wrong_fan_in"
        yield found, f"{inputs}·{each}" + (f" + {layer.y[-1]}" if asked.quantity == "params" else "")


def last_resort(asked: Question, right: Any, value: Any) -> Iterator[tuple[Slip, str]]:
    """What is named only where no rule gives the value: a slip of the pen, or one number of the question misread."""
    if asked.quantity not in NUMBERS.split() or type(right) is not int or type(value) is not int:
        return
    a, b = str(right), str(value)
    if len(b) == len(a) + 1 > MOST_DIGITS and any(b[:i] + b[i + 1 :] == a for i in range(len(b))):
        yield decimal_slip, ""
    elif _miscalculated(a, b) or (abs(right - value) in _CARRIES and len(a) == len(b) >= MOST_DIGITS):
        yield arithmetic_slip, ""
    yield from ((misread, work) for work in _misread(asked, value))


MOST_DIGITS = 4
"""Numbers of this length are few enough that a slip of the pen is no chance hit."""
_CARRIES = {10**k for k in range(1, 16)}


def _miscalculated(a: str, b: str) -> bool:
    """Two neighbouring digits swapped, one digit lost, or in a longer number one digit wrong."""
    if len(a) == len(b) + 1 > MOST_DIGITS:
        return any(a[:i] + a[i + 1 :] == b for i in range(len(a)))
    apart = [i for i, (x, y) in enumerate(zip(a, b)) if x != y]
    if len(a) != len(b) or len(a) < MOST_DIGITS:
        return False
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        return a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
    return len(apart) == 1 and len(a) > MOST_DIGITS


def _misread(asked: Question, value: int) -> Iterator[str]:
    """Parameters of another number of filters or units, or of another kernel, everything else right."""
    if asked.quantity != "params" or asked.word not in ("conv", "fc", "linear"):
        return
    options, layer = asked.options, asked.layer()
    weights, biases, wide = layer.count("weights"), layer.count("biases"), layer.y[-1]
    each = (weights + biases) // wide
    if options.get("groups", 1) == 1 and each >= LEAST_MODULUS and value % each == 0 and value:
        yield f"{each}·{value // each}"
    if kernel := options.get("kernel"):
        pair, area = weights // prod(kernel), value - biases
        for f in (1, 2, 4, 7, 9, 11):
            if pair >= LEAST_MODULUS and area == pair * f ** len(kernel):
                yield f"{f}·{f}·{pair} + {biases}"
