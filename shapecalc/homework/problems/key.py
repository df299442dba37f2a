"""Whether a value is right for a question, and whether a published key is.

Pitfall: a published figure may be cut instead of rounded (3.8G for 3.858G) and round to one digit (60M for 62.4M): both
agree with the computed value; 24M for 15.2M does not, and then the key is to be checked.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ...engine.expectations import read_figure
from ...record import Record
from .records import Ask, ProblemFile

YES = {"yes", "true", "y", "是", "对", "可以", "能"}


class KeyFinding(Record):
    """A published answer that differs from the computed ones."""

    problem: str
    cell: str
    published: Any
    computed: Any
    question: Ask


def check_key(file: ProblemFile) -> tuple[KeyFinding, ...]:
    """The published answers to check, in the order of the file."""
    return tuple(
        KeyFinding(p.id, q.cell, q.published, q.value, q)
        for p in file.problems
        for q in p.asks
        if q.agreement == "differs"
    )


def compared(q: Ask) -> str:
    """How the published answer stands to the computed ones: agree, rounds, differs, or unpublished."""
    if q.published is None:
        return "unpublished"
    if q.kind == "choice" and str(q.published) in q.right:
        return "agree"
    published = in_print(q.kind, q.published)
    if is_right(q, published):
        return "agree"
    if isinstance(published, str) and published.strip().lower() in map(str.lower, q.accept):
        return "agree"
    text = str(q.published)
    numbers = [v for v in q.right if isinstance(v, (int, Fraction)) and not isinstance(v, bool)]
    if any(near(text, Fraction(v)) for v in numbers):
        return "rounds"
    if isinstance(published, tuple) and all(is_right(q, v) for v in published):
        return "agree"  # a set of answers
    return "differs"


def in_print(kind: str, value: Any) -> Any:
    """A published value as one to compare: a shape written 28x28x6, a number with commas, a ratio in decimals."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, float):
        return Fraction(str(value))
    text = value.strip().strip("()[]") if isinstance(value, str) else ""
    if kind in ("shape", "size", "list", "receptive_field") and re.fullmatch(r"\d+(\s*[x×*,]\s*\d+)*", text):
        numbers = tuple(map(int, re.findall(r"\d+", text)))
        return numbers if len(numbers) > 1 else numbers[0]
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", text) and kind in (
        "number",
        "bytes",
        "shape",
        "size",
        "ratio",
        "padding",
        "stride",
        "receptive_field",
    ):
        return int(text.replace(",", ""))
    if kind == "ratio" and re.fullmatch(r"\d+\.\d+", text):
        return Fraction(text)
    return value


def letters_for(q: Ask) -> tuple[str, ...]:
    """The letters of the choices that say a right answer."""
    found = []
    for letter, said in q.choices:
        value = in_print(q.kind, said)
        exact = is_right(q, value)
        numbers = [Fraction(v) for v in q.right if isinstance(v, (int, Fraction)) and not isinstance(v, bool)]
        if exact or (not isinstance(value, int) and any(near(said, v) for v in numbers)):
            found.append(letter)
    return tuple(found)


def is_right(q: Ask, value: Any) -> bool:
    """Whether an exact value answers the question: as it stands, or the same said in another form."""
    if q.kind == "yes_no":
        said = (
            value
            if isinstance(value, bool)
            else str(value).strip().lower() in YES
            if isinstance(value, str)
            else None
        )
        return said is not None and said in q.right
    if isinstance(value, str):
        return any(isinstance(v, str) and v.casefold() == value.strip().casefold() for v in q.right)
    return any(same(q.kind, right, value) for right in q.right)


def same(kind: str, right: Any, value: Any) -> bool:
    """Whether two values are the same answer: 30 and 30×30 as a size, 400 and 1×1×400 as a vector."""
    if right == value:
        return True
    a, b = _axes(right), _axes(value)
    if not a or not b:
        return False
    if kind in ("size", "receptive_field", "padding", "stride"):
        return len(set(a)) == 1 and set(a) == set(b) and (len(b) == 1 or len(a) in (1, len(b)))
    if kind in ("shape", "list"):
        return a == b or (max(len(a), len(b)) > 1 and _vector(a) == _vector(b) != ())
    return False


def _axes(value: Any) -> tuple[int, ...]:
    if isinstance(value, bool):
        return ()
    if isinstance(value, int):
        return (value,)
    return value if isinstance(value, tuple) and all(isinstance(n, int) for n in value) else ()


def _vector(axes: tuple[int, ...]) -> tuple[int, ...]:
    """A shape of one long axis as that axis."""
    long = tuple(n for n in axes if n != 1)
    return long if len(long) == 1 else (1,) if not long and axes else ()


def near(text: str, value: Fraction) -> bool:
    """Whether a figure as printed is this value, rounded or cut at its last digit that is not a zero."""
    plain = re.sub(r"(?<=[kKMGT])i?B$", "", text.strip())
    for word, unit in (("thousand", "k"), ("million", "M"), ("billion", "G"), ("Mil", "M")):
        plain = re.sub(rf"\s*{word}s?\b.*$", unit, plain, flags=re.IGNORECASE)
    interval = read_figure(plain)
    if interval is None:
        return False
    scale, low, high = interval
    shown, half = Fraction(low + high, 2 * scale), Fraction(high - low, 2 * scale)
    step = 2 * half
    if step >= 1 and shown and not re.search(r"\.\d", plain):
        digits = re.sub(r"\D", "", plain)
        if not re.search(r"[^\d,_ ~≈<]", plain) and len(digits) < 7:
            return abs(shown - value) == 0  # written out in full
        step *= 10 ** (len(digits) - len(digits.rstrip("0")))
    return abs(shown - value) <= step / 2 or 0 <= value - shown < step
