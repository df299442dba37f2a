"""Cures for windows: one too large, a padding that keeps nothing or is too much, a transposed one that is cut away.

Pitfall: a kernel that just fits leaves one position, which the next layer may refuse; so `same` is offered beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from ...errors import Diagnostic
from ...symbolic import ceil_div, has_letters
from . import changes
from .changes import Change
from .trials import Trials
from .watch import Context, key_of

AMPLE = 10**9
"""What a letter is taken for: whatever fits into a large input."""


def candidates(trials: Trials, diagnostic: Diagnostic, context: Context) -> Iterator[Change]:
    """Changes that may mend it, the smallest first."""
    plan, entry = trials.plan, context.entry
    given = context.options(plan.layout)
    mine = given is not None and changes.own(plan, entry)
    found = _VALUES[diagnostic.code](context, given) if given is not None and mine else iter(())
    for values in islice(found, 2):
        yield changes.options(plan, entry, values)
    if diagnostic.code == "SC402":
        yield from trials.inputs(key_of(diagnostic), True)
    for values in found:
        yield changes.options(plan, entry, values)


def _axes(context: Context, given: dict[str, Any]) -> list[tuple[int, int, int, int]]:
    """N, F, D and the whole padding of each axis."""
    kernel = given["kernel"]
    x = [AMPLE if has_letters(n) else n for n in context.shapes[0][:-1]]
    dilation = given.get("dilation", (1,) * len(kernel))
    sides = given["padding"] if isinstance(given.get("padding"), tuple) else ((0, 0),) * len(kernel)
    return [(n, f, d, sum(p)) for n, f, d, p in zip(x, kernel, dilation, sides)]


def _too_large(context: Context, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    axes = _axes(context, given)
    fitting = tuple(min(f, (n + p - 1) // d + 1) for n, f, d, p in axes)
    odd = tuple(f - 1 if f % 2 == 0 and f < old else f for f, (_n, old, _d, _p) in zip(fitting, axes))
    yield {"kernel": odd}
    missing = max(ceil_div(d * (f - 1) + 1 - n, 2) for n, f, d, _p in axes)
    yield {"padding": ((missing, missing),) * len(axes)}
    yield {"padding": "same"}
    if any(d > 1 for _n, _f, d, _p in axes):
        yield {"dilation": tuple(min(d, max(1, (n + p - 1) // max(1, f - 1))) for n, f, d, p in axes)}
    yield {"kernel": fitting}


def _keep(context: Context, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kernel = given["kernel"]
    for by in (-1, 1):
        found = tuple(f + by if f % 2 == 0 else f for f in kernel)
        if min(found) >= 1:
            yield {"kernel": found}
    yield {"padding": "same"}


def _half(context: Context, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    axes, sides = _axes(context, given), given["padding"]
    if isinstance(sides, tuple):
        yield {
            "padding": tuple((min(b, f // 2), min(a, f // 2)) for (b, a), (_n, f, _d, _p) in zip(sides, axes))
        }
        yield {"kernel": tuple(max(f, 2 * max(pair)) for pair, (_n, f, _d, _p) in zip(sides, axes))}
    yield {"padding": "same"}


def _cut(context: Context, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sizes, least = [], []
    x, extra = context.shapes[0][:-1], given["output_padding"]
    for (n, f, d, p), s, o in zip(_axes(context, given), given["stride"], extra):
        whole = (n - 1) * s + d * (f - 1) + 1 + o
        sizes.append((whole - 1) // 2)
        least.append(max(f, ceil_div(1 + p - (n - 1) * s - o - 1, d) + 1))
    yield {"padding": ((min(sizes), min(sizes)),) * len(x)}
    yield {"kernel": tuple(least)}
    yield {"padding": "same"}


def _output_padding(context: Context, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    extra = given["output_padding"]
    yield {
        "output_padding": tuple(
            min(o, max(s, d) - 1) for o, s, d in zip(extra, given["stride"], given["dilation"])
        )
    }
    yield {"stride": tuple(max(s, o + 1) for o, s in zip(extra, given["stride"]))}


def _words(context: Context, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"padding": "same"}
    yield {"padding": "valid"}
    yield {"output_padding": (0,) * len(given["output_padding"])}


_VALUES = {
    "SC402": _too_large,
    "SC403": _keep,
    "SC406": _half,
    "SC414": _cut,
    "SC415": _output_padding,
    "SC416": _words,
}
