"""Cures for a shape that is not the expected one: the setting that would give it, solved for; or the shape that is right.

Pitfall: which of the two is wrong, the layer or the expectation, nobody but the writer knows, so both are offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from ...engine.options import channels_last, settle
from ...engine.top import SHAPE
from ...errors import Diagnostic
from ...graph import Shape
from ...spec import LayerEntry
from ..solve.axis import single
from ..solve.rules import Rule
from . import changes
from .changes import Change
from .trials import Trials
from .watch import Context, key_of

LETTERS = {"p": "padding", "f": "kernel", "s": "stride", "d": "dilation"}


def candidates(trials: Trials, diagnostic: Diagnostic, context: Context) -> Iterator[Change]:
    """Settings of the layer that give the shape, then the shape itself, then another input."""
    plan, entry = trials.plan, context.entry
    if entry.expect is None:
        return
    y: Shape = context.shapes[0]
    wanted = channels_last(settle(entry.expect, SHAPE, context.scope), plan.layout)
    fed = trials.fed.get(id(entry))
    mine = changes.own(plan, entry)
    if mine and isinstance(entry, LayerEntry) and fed and len(y) == len(wanted):
        given = fed.options(plan.layout)
        if given is not None:
            tried = (
                changes.options(plan, entry, v)
                for v in _settings(fed.shapes[0], y, wanted, given, entry.word)
            )
            yield from islice((change for change in tried if trials.cured(change, key_of(diagnostic))), 2)
    if mine:
        yield changes.expectation(plan, entry, y)
    if len(y) == len(wanted) and y[:-1] != wanted[:-1]:
        yield from trials.inputs(key_of(diagnostic), sum(wanted[:-1]) > sum(y[:-1]))


def _settings(
    x: Shape, y: Shape, wanted: Shape, given: dict[str, Any], word: str
) -> Iterator[dict[str, Any]]:
    depth: dict[str, Any] = {}
    if y[-1] != wanted[-1]:
        name = next((n for n in ("filters", "units") if n in given), None)
        if name is None:
            return
        depth = {name: wanted[-1]}
    if y[:-1] == wanted[:-1]:
        yield depth
        return
    if "kernel" not in given:
        return
    for letter, option in LETTERS.items():
        found = [_solved(word, given, x[i], wanted[i], i, letter) for i in range(len(x) - 1)]
        if None not in found and option in given:
            value = tuple((v, v) for v in found) if letter == "p" else tuple(found)
            stride = {"stride": given["kernel"]} if letter == "f" and given.get("stride", ()) is None else {}
            yield {**depth, option: value, **stride}


def _solved(word: str, given: dict[str, Any], n: int, out: int, axis: int, letter: str) -> int | None:
    """The value nearest to the one that is there, of one letter along an axis, by the window solved backwards."""
    kernel, stride = given["kernel"], given.get("stride") or given["kernel"]
    sides = given.get("padding", "valid")
    rule = Rule(
        given.get("rounding", "floor"), sides if isinstance(sides, str) else "", word == "convtranspose"
    )
    v = {
        "n": n,
        "f": kernel[axis],
        "s": stride[axis],
        "d": given.get("dilation", (1,) * len(kernel))[axis],
        "out": out,
    }
    old = {**v, "p": 0}
    if not isinstance(sides, str):
        before, after = sides[axis]
        old["p"] = before
        if before != after:
            return None
        v["p"] = before
    if letter == "p":
        rule = rule._replace(word="")
    elif rule.word and "p" in v:
        del v["p"]
    v.pop(letter, None)
    span = single(rule, v, letter, 2048, False).interval
    if span is None:
        return None
    low, high = span
    near = max(low, int(old[letter]))
    return near if high is None else min(near, high)
