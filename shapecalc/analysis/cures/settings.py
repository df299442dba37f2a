"""Cures for numbers that do not divide or do not add up: groups, channels, blocks of pixels, new shapes, cuts.

Pitfall: the nearest number is the one a person meant; of two as near, both are offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import gcd, prod
from typing import Any

from ...errors import Diagnostic
from . import changes
from .changes import Change
from .trials import Trials
from .watch import Context


def candidates(trials: Trials, diagnostic: Diagnostic, context: Context) -> Iterator[Change]:
    """Changes that may mend it, the nearest numbers first."""
    plan, entry = trials.plan, context.entry
    if not changes.own(plan, entry):
        return
    x = context.shapes[0]
    if diagnostic.code == "SC408":
        yield from _one_number(trials, diagnostic, context)
        return
    given = context.options(plan.layout)
    if given is None:
        return
    if diagnostic.code == "SC418":
        yield from islice(trials.multiples(), 2)
    for values in _values(diagnostic, x, given):
        yield changes.options(plan, entry, values)
    if diagnostic.code == "SC417":
        block = prod(_scale(given, x))
        for channels in (x[-1] // block * block, -(-x[-1] // block) * block):
            if channels:
                yield changes.before(entry, f"conv: {channels}")


def _values(diagnostic: Diagnostic, x: tuple[int, ...], given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    code = diagnostic.code
    if code == "SC404" and "groups" not in given:
        for name, whole in (("heads", x[-1]), ("kv_heads", given.get("heads")), ("parts", x[-1])):
            if isinstance(number := given.get(name), int) and isinstance(whole, int) and whole % number:
                yield from ({name: value} for value in _nearest(number, _divisors(whole)))
    elif code == "SC404":
        groups, filters = given["groups"], given.get("filters")
        if filters is not None and x[-1] % groups == 0:
            for value in _nearest(filters, (filters // groups * groups, -(-filters // groups) * groups)):
                yield {"filters": value}
        whole = x[-1] if filters is None else gcd(x[-1], filters)
        for value in _nearest(groups, _divisors(whole)):
            yield {"groups": value}
    elif code == "SC405":
        if len(given["connections"]) != given["filters"]:
            yield {"filters": len(given["connections"])}
        yield {"groups": 1}
    elif code == "SC410":
        wanted, whole = given["shape"], prod(x)
        for i in reversed(range(len(wanted))):
            others = prod(wanted) // wanted[i]
            if whole % others == 0:
                yield {"shape": (*wanted[:i], whole // others, *wanted[i + 1 :])}
        yield {"shape": (whole,)}
    elif code == "SC411":
        amounts = ((min(b, (n - 1) // 2), min(a, (n - 1) // 2)) for n, (b, a) in zip(x, given["amount"]))
        yield {"amount": tuple(amounts)[:-1]}
    elif code == "SC417":
        scale = _scale(given, x)
        scales = [r for r in range(1, max(scale) + 1) if x[-1] % r ** len(scale) == 0]
        for value in _nearest(max(scale), scales):
            yield {"scale": value}
    elif code == "SC418":
        for value in _nearest(max(_scale(given, x)), _divisors(gcd(*x[:-1]))):
            yield {"scale": value}


def _scale(given: dict[str, Any], x: tuple[int, ...]) -> tuple[int, ...]:
    """A scale as one number an axis."""
    scale = given["scale"]
    return scale if isinstance(scale, tuple) else (scale,) * (len(x) - 1)


def _one_number(trials: Trials, diagnostic: Diagnostic, context: Context) -> Iterator[Change]:
    """Where a size has too many or too few numbers: one for all axes, or the first of them."""
    for name, value in context.entry.options.items():
        if value.node.span == diagnostic.span and isinstance(value.constant, tuple):
            axes, numbers = len(context.shapes[0]) - 1, value.constant
            if len(set(numbers)) == 1 or len(numbers) < axes:
                yield changes.options(trials.plan, context.entry, {name: (numbers[0],) * axes})
            else:
                yield changes.options(trials.plan, context.entry, {name: numbers[:axes]})


def _nearest(number: int, choices: Any) -> list[int]:
    """The two choices nearest to a number, none of them itself or 0."""
    return sorted((c for c in dict.fromkeys(choices) if c not in (0, number)), key=lambda c: abs(c - number))[
        :2
    ]


def _divisors(number: int) -> list[int]:
    """All divisors up to a thousand, and the number itself."""
    return [d for d in range(1, min(number, 1000) + 1) if number % d == 0] + [number]
