"""One axis of a question about a window: its solutions, the interval of a single unknown, and where there is none, why.

Pitfall: `exact` asks for a division without remainder, which leaves gaps in an interval; then only single values and
whole intervals are called an interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...record import Record
from .rules import LOWEST, NAMES, Interval, Rule
from .search import Search

Values = Mapping[str, int]


class Axis(Record):
    """What was found along one axis; `interval` only where one letter is unknown."""

    solutions: Sequence[dict[str, int]]
    interval: Interval | None
    truncated: bool


def solve_axis(rule: Rule, known: Values, unknown: Sequence[str], most: int, exact: bool) -> Axis:
    """All solutions along an axis, as Search and `single` list them."""
    if not unknown:
        fine = rule.size(known) == known["out"] and rule.possible(known) and (not exact or rule.exact(known))
        return Axis([{}] if fine else [], None, False)
    if len(unknown) == 1:
        return single(rule, known, unknown[0], most, exact)
    search = Search(rule, known, unknown, most, exact)
    found = search.run()
    return Axis(found, None, search.cut or search.more())


def single(rule: Rule, known: Values, name: str, most: int, exact: bool) -> Axis:
    """The answer for one unknown: an interval, and its first members."""
    span = rule.interval(name, known)
    if span is None:
        return Axis([], None, False)
    first, last = span
    if exact and not rule.transposed and (narrow := _whole(rule, known, name)) is not None:
        first, last = narrow
    stop = max(first, most) if last is None else min(last, first + most - 1)
    picked = [x for x in range(first, stop + 1) if _holds(rule, {**known, name: x}, exact)]
    whole = len(picked) == stop + 1 - first
    if not picked:
        return Axis([], None, False)
    truncated = last is None or last > stop
    interval: Interval | None = (first, last) if whole else None
    if len(picked) == 1 and not truncated:
        interval = (picked[0], picked[0])
    return Axis([{name: x} for x in picked], interval, truncated)


def _holds(rule: Rule, v: Values, exact: bool) -> bool:
    v = v if "out" in v else {**v, "out": rule.size(v)}
    return rule.size(v) == v["out"] and rule.possible(v) and (not exact or rule.exact(v))


def _whole(rule: Rule, known: Values, name: str) -> Interval | None:
    """Where nothing is left over, N + 2P − K is S·(M − 1), so a letter has one value at most; None where it is not so."""
    if not rule.closed or name in ("out", "d") or (name == "s" and known["out"] == 1):
        return None
    w = rule.letters({"f": 1, "d": 1, "p": 0, "s": 1, "n": 1, **known})
    n, p, m, s, d = w["N"], w["P"], w["M"], w["S"], w["D"]
    if name == "n":
        x = s * (m - 1) - 2 * p + w["K"]
    elif name == "f":
        x = (n + 2 * p - s * (m - 1) - 1) // d + 1
    elif name == "p":
        x = (s * (m - 1) + w["K"] - n) // 2
    else:
        x = (n + 2 * p - w["K"]) // (m - 1)
    return (x, x) if x >= LOWEST[name] else (1, 0)


def in_order(values: Mapping[str, int]) -> dict[str, int]:
    """Letters in the order of NAMES."""
    return {name: values[name] for name in NAMES if name in values}
