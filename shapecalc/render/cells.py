"""One place turns a number into text: `1,376,256` or `1.38M`, `28×28×6`, `0.103×`, `74.3%`.

Pitfall: three states never mix: a value, a known 0, and an unknown, which is said in a word and never printed as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..report.grid import Cell
from ..text import _

NUMERIC = frozenset({"count", "delta", "bytes", "ratio", "share", "seconds"})
Steps = tuple[tuple[int, str], ...]
SI: Steps = ((1, ""), (10**3, "k"), (10**6, "M"), (10**9, "G"), (10**12, "T"), (10**15, "P"), (10**18, "E"))
ZH: Steps = ((1, ""), (10**4, "万"), (10**8, "亿"), (10**12, "万亿"), (10**16, "亿亿"))
IEC: Steps = ((1, " B"), (2**10, " KiB"), (2**20, " MiB"), (2**30, " GiB"), (2**40, " TiB"), (2**50, " PiB"))


def cell(value: Cell, kind: str, units: str = "exact") -> str:
    """The text of one value; for `units` si and zh, counts and bytes keep three digits."""
    if isinstance(value, str):
        return value
    if value is None:
        return "" if kind in ("text", "formula") else _("unknown") if kind in ("count", "bytes") else "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (tuple, list)):
        return shape(value)
    if isinstance(value, (int, float)):
        return _FORMS.get(kind, _plain)(value, units)
    return str(value) if kind in ("text", "formula") else str(value).replace("*", "·")


def shape(sizes: Iterable[Any], times: str = "×") -> str:
    """`28×28×6`; a symbolic size that is more than a name stands in parentheses, an unknown one is `?`."""
    return times.join([str(s) if s.__class__ is int else _size(s, times) for s in sizes])


def short(n: int, steps: Steps) -> str:
    """`n` to three digits in the unit that fits: 1,376,256 is 1.38M, 138万 or 1.31 MiB."""
    if n < 0:
        return "-" + short(-n, steps)
    if n < steps[1][0]:
        return f"{n}{steps[0][1]}"
    step, unit = [s for s in steps if s[0] <= n][-1]
    digits = next((d for d in (2, 1) if _rounded(n * 10**d, step) < 1000), 0)
    scaled = _rounded(n * 10**digits, step)
    if any(n < above <= scaled * step for above, name in steps):
        return short(scaled * step, steps)  # 999,500 is not 1,000k
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole:,}.{rest:0{digits}d}{unit}" if digits else f"{whole:,}{unit}"


def percent(value: float) -> str:
    """A share of 1 with one decimal; what is there but rounds to nothing is `<0.1%`."""
    return "<0.1%" if 0 < value < 0.0005 else f"{value:.1%}"


def _rounded(a: int, b: int) -> int:
    """The quotient a / b to the nearest whole number, halves up, without a float."""
    return (2 * a + b) // (2 * b)


def _size(size: Any, times: str) -> str:
    text = "?" if size is None else str(size).replace("*", "·" if times == "×" else "*")
    return text if text.isalnum() or text.isidentifier() or size is None else f"({text})"


def _number(value: float, places: int = 2) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{places}f}".rstrip("0").rstrip(".")


def _plain(value: float, units: str) -> str:
    return str(value) if isinstance(value, int) else _number(value, 6)


def _count(value: float, units: str) -> str:
    if units == "exact" or not isinstance(value, int):
        return _number(value)
    return short(value, ZH if units == "zh" else SI)


def _delta(value: float, units: str) -> str:
    return ("+" if value > 0 else "") + _count(value, units)


def _bytes(value: float, units: str) -> str:
    return _number(value) if units == "exact" or not isinstance(value, int) else short(value, IEC)


def _ratio(value: float, units: str) -> str:
    if 0 < abs(value) < 0.1:
        return f"{value:.3g}×"
    places = 3 if abs(value) < 1 else 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:,.{places}f}×"


_FORMS: dict[str, Callable[[float, str], str]] = {
    "count": _count,
    "delta": _delta,
    "bytes": _bytes,
    "ratio": _ratio,
    "share": lambda value, units: percent(value),
    "seconds": lambda value, units: f"{value:.3f} s",
}
