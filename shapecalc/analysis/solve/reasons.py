"""Why there is no solution, in words, and the nearest settings that have one.

Pitfall: a fraction says more than a refusal: P = 0.5 shows what is wrong, so the number that the formula would need is
told wherever there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import gcd
from typing import Any

from ...text import _
from .axis import in_order, solve_axis
from .rules import LETTERS, LOWEST, Rule

Values = Mapping[str, int]
REACH = 64
"""How far from what was given a neighbour is looked for."""
ORDER = ("f", "s", "p", "n", "out", "d")
MOST = 4


def reason(rule: Rule, known: Values, unknown: Sequence[str], most: int, exact: bool) -> str:
    """One sentence on why nothing fits. There is no solution for these values."""
    if exact and solve_axis(rule, known, unknown, most, False).solutions:
        return _left_over(rule, known, unknown, most)
    if (
        rule.word == "keep"
        and known.get("s") == 1
        and "f" in known
        and "d" in known
        and not rule.possible({**known, "n": 1})
    ):
        return _("P = {half}: an even kernel cannot keep a size with stride 1").format(
            half=_half(known["d"] * (known["f"] - 1))
        )
    if not unknown:
        size = rule.size(known)
        if not size:
            return _too_large(rule, known)
        return _("M = {m}, not {out}").format(m=size, out=known["out"])
    if len(unknown) > 1:
        letters = _(" and ").join(LETTERS[name] for name in unknown)
        return _("no {letters} up to {most} give it").format(letters=letters, most=most)
    name = unknown[0]
    if name == "out":
        return _too_large(rule, known)
    told = _plain(rule, known, name) if rule.closed and not rule.transposed else ""
    return told or _between(rule, known, name)


def _too_large(rule: Rule, v: Values) -> str:
    w = rule.letters(v)
    if rule.transposed:
        return _("nothing is left of the output, or the output padding is not less than the stride")
    message = _("a window of {k} is larger than the padded input of {n} + 2·{p}")
    return message.format(k=w["K"], n=w["N"], p=w["P"])


def _plain(rule: Rule, known: Values, name: str) -> str:
    """What the plain formula would need, where that is a fraction or negative."""
    w = rule.letters({"n": 1, "f": 1, "s": 1, "p": 0, "d": 1, **known})
    n, s, p, m = w["N"], w["S"], w["P"], w["M"]
    if name == "p":
        low, high = s * (m - 1) + w["K"] - n, s * m - 1 + w["K"] - n
        if high < 0:
            size = rule.size({**known, "p": 0})
            return _("P would be negative: without padding the output is {size} already").format(size=size)
        if low == high:
            if s == 1 and m == n:
                message = _("P = {half}: an even kernel cannot keep {n} with stride 1")
                return message.format(half=_half(low), n=n)
            return _("P = {half}, and there is no half a pixel on each side").format(half=_half(low))
    if name == "s":
        x = n + 2 * p - w["K"]
        if x < 0:
            return _too_large(rule, known)
        if m - 1 > x:
            return _("S would be less than 1: stride 1 gives {size}, and no stride gives more").format(
                size=x + 1
            )
        message = _("S would be more than {low} and at most {high}, with no whole number between")
        return message.format(low=_ratio(x, m), high=_ratio(x, m - 1))
    if name == "f" and n + 2 * p - s * (m - 1) < 1:
        size = rule.size({**known, "f": 1})
        return _("F would be less than 1: the smallest filter gives {size}").format(size=size)
    if name == "n" and s * m - 1 - 2 * p + w["K"] < 1:
        return _("N would be less than 1: the padding alone is larger than the window")
    if name == "d" and known["f"] > 1:
        low, high = n + 2 * p - s * m, n + 2 * p - s * (m - 1) - 1
        if low == high:
            return _("D = {value}, which is no whole number").format(value=_ratio(low, known["f"] - 1))
    return ""


def _between(rule: Rule, known: Values, name: str) -> str:
    """The two neighbours of the value that is missing, and what they give."""
    out, way, letter = known["out"], rule.rising[name], LETTERS[name]
    if way == 0 or (name == "d" and known["f"] == 1):
        size = rule.size({**known, name: LOWEST[name]})
        return _("the output is {size} whatever {letter} is").format(size=size, letter=letter)
    first = rule.size({**known, name: LOWEST[name]})
    if not first and way < 0:
        return _too_large(rule, {**known, name: LOWEST[name]})
    if (first - out) * way > 0:
        message = _("{letter} = {low}, the least there is, gives {size} already")
        return message.format(letter=letter, low=LOWEST[name], size=first)
    low, high = LOWEST[name], LOWEST[name] + 1
    while high < 10**18 and (rule.size({**known, name: high}) - out) * way < 0:
        low, high = high, 2 * high
    if high >= 10**18:
        return _("no {letter} is large enough").format(letter=letter)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if (rule.size({**known, name: middle}) - out) * way < 0 else (low, middle)
    a, b = rule.size({**known, name: low}), rule.size({**known, name: high})
    if not b:
        message = _("{letter} = {low} gives {a}, and a larger one does not fit")
        return message.format(letter=letter, low=low, a=a)
    message = _("{letter} = {low} gives {a}, and {letter} = {high} gives {b}")
    return message.format(letter=letter, low=low, a=a, high=high, b=b)


def _left_over(rule: Rule, known: Values, unknown: Sequence[str], most: int) -> str:
    """That a division is not whole, with its numbers, for the first solution that is otherwise one."""
    found = solve_axis(rule, known, unknown, most, False).solutions[0]
    v = {**known, **found}
    w = rule.letters({**v})
    message = _(
        "({n} + 2·{p} − {k}) / {s} = {value} is not whole: {left} of {all} pixels would never be read"
    )
    x = w["N"] + 2 * w.get("P", 0) - w["K"]
    return message.format(
        n=w["N"],
        p=w.get("P", 0),
        k=w["K"],
        s=w["S"],
        value=_ratio(x, w["S"]),
        left=x % w["S"],
        all=w["N"] + 2 * w.get("P", 0),
    )


def nearest(
    rule: Rule, known: Values, unknown: Sequence[str], most: int, exact: bool
) -> tuple[dict[str, Any], ...]:
    """Up to four ways to change one given letter so that there is a solution, the least change first.

    Each is the letter's new value with the values of the unknown ones, and the engine's own window gives what is asked.
    """
    found: list[tuple[int, int, dict[str, Any]]] = []
    for place, name in enumerate(n for n in ORDER if n in known):
        for step, change in _neighbours(rule, known, unknown, name, exact):
            if all(change != other for _p, _s, other in found):
                found.append((step, place, change))
    found.sort(key=lambda item: (_silly(rule, {**known, **item[2]}), item[0] > 2, item[1], item[0]))
    words = [_word(rule, known, unknown, exact)] if rule.word == "" and not rule.transposed else []
    sane = [change for *_rest, change in found if not _silly(rule, {**known, **change})]
    changes: list[dict[str, Any]] = sane or [change for *_rest, change in found]
    return tuple([*changes[:MOST], *(w for w in words if w)][: MOST + 1])


def _neighbours(
    rule: Rule, known: Values, unknown: Sequence[str], name: str, exact: bool
) -> Iterator[tuple[int, dict[str, int]]]:
    """The least changes of one letter, down and up, that have a solution."""
    for step in range(1, REACH + 1):
        hit = False
        for value in (known[name] - step, known[name] + step):
            if value < LOWEST[name]:
                continue
            changed = {**known, name: value}
            most = 1 if len(unknown) < 2 else 8
            for solution in solve_axis(rule, changed, unknown, most, exact).solutions[:1]:
                if _verified(rule, {**changed, **solution}):
                    hit = True
                    yield step, in_order({name: value, **solution})
        if hit:
            return


def _verified(rule: Rule, v: Values) -> bool:
    """Whether the engine's own window gives this output."""
    from ...errors import ShapeError

    try:
        size = rule.window(v).M
    except ShapeError:
        return False
    return size == v["out"]


def _word(rule: Rule, known: Values, unknown: Sequence[str], exact: bool) -> dict[str, Any] | None:
    """`same` in place of a P that is half a pixel."""
    if list(unknown) != ["p"] or exact or rule.rounding != "floor":
        return None
    same = rule._replace(word="same")
    return {"p": "same"} if _verified(same, known) else None


def _silly(rule: Rule, v: Values) -> bool:
    """A padding as large as the window, or steps that skip pixels: right, and never meant."""
    extent = v["d"] * (v["f"] - 1) + 1
    return v.get("p", 0) >= max(extent, 1) and v.get("p", 0) > 0


def _half(twice: int) -> str:
    return str(twice // 2) if twice % 2 == 0 else f"{twice / 2:.1f}"


def _ratio(a: int, b: int) -> str:
    """The quotient as a fraction in lowest terms, or a whole number."""
    if b == 0:
        return "∞"
    whole, rest = divmod(a, b)
    if not rest:
        return str(whole)
    g = gcd(rest, b)
    part = f"{rest // g}/{b // g}"
    return f"{whole} {part}" if whole else part


def usual(rule: Rule, v: Values) -> tuple[bool, bool, int]:
    """A key that sorts what people build before what is merely possible."""
    extent = v["d"] * (v["f"] - 1) + 1
    return v.get("p", 0) >= extent, extent < v["s"], v["f"] + v["s"] + v.get("p", 0) + v["d"]
