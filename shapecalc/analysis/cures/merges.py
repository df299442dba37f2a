"""Cures for branches that do not join: a 1×1 projection, the padding or stride of a layer in a branch, another input.

Pitfall: the projection is the textbook's cure for a shortcut; it is tried first, and where it works nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ...engine.options import BadValue, work_out
from ...engine.scope import Poisoned
from ...errors import Diagnostic, ShapeError
from ...graph import Shape
from ...layers import Layer
from ...spec import BranchesEntry, Entry, LayerEntry, NamesEntry
from ...symbolic import ceil_div, has_letters
from . import changes
from .changes import Change
from .trials import Trials
from .watch import Context, key_of

LAST = 6
"""How many layers of a branch are looked at, from its end."""


def candidates(trials: Trials, diagnostic: Diagnostic, context: Context) -> Iterator[Change]:
    """Changes that may mend it; `first` and `last` are the two that disagree, the later one at fault."""
    entry = context.entry
    pair = _disagreeing(trials, context)
    if pair is None or not changes.own(trials.plan, entry):
        return
    first, last = pair
    mixing = entry.word != "concat"
    for at, other in ((last, first), (first, last)):
        needed = _projection(context.shapes[at], context.shapes[other]) if mixing else None
        if needed and isinstance(entry, BranchesEntry):
            for text in dict.fromkeys(
                (_conv(*needed), _conv(*_in_letters(context, entry.branches[other][1], *needed)))
            ):
                yield changes.branch(entry, at, text, at == last)
        elif needed:
            yield from _by_name(context, at, *needed)
    for at, other in ((last, first), (first, last)):
        inside = entry.branches[at][1] if isinstance(entry, BranchesEntry) else []
        yield from _inside(trials, inside, entry, context.shapes[at], context.shapes[other], mixing)
    yield from trials.multiples()
    yield from trials.inputs(key_of(diagnostic), True)


def _disagreeing(trials: Trials, context: Context) -> tuple[int, int] | None:
    """The inputs of the merge that its layer refuses, in order."""
    kind: type[Layer] | None = context.entry.layer
    given = context.options(trials.plan.layout)
    if kind is None or given is None:
        return None
    try:
        kind(given, context.shapes)
    except ShapeError as error:
        if error.input is not None:
            first, last = sorted((error.against, error.input))
            return first, last
    return None


def _projection(x: Shape, y: Shape) -> tuple[int, int] | None:
    """Filters and stride of the 1×1 convolution that turns x into y, where one stride does it."""
    if len(x) != len(y) or len(x) < 2:
        return None
    strides = {1 if n == m else ceil_div(n, m) for n, m in zip(x[:-1], y[:-1])}
    found = (y[-1], strides.pop())
    return None if strides or has_letters(found) else found


def _conv(filters: int | str, stride: int | str, *more: str) -> str:
    """A 1×1 convolution as it is written."""
    options = [f"filters: {filters}"] + [f"stride: {stride}"] * (stride != 1) + list(more)
    return f"conv: {{{', '.join(options)}}}" if len(options) > 1 else f"conv: {filters}"


def _in_letters(
    context: Context, entries: list[Entry], filters: int, stride: int
) -> tuple[int | str, int | str]:
    """The same numbers by the names that the other branch uses, so that a block's other uses have theirs."""
    found: dict[int, str] = {}
    steps: dict[int, str] = {}
    for entry in entries:
        for name, value in entry.options.items():
            if value.expression is not None:
                with suppress(BadValue, Poisoned):
                    number = work_out(value, context.scope)
                    if isinstance(number, int):
                        (steps if "stride" in name else found)[number] = value.expression.text.strip()
    return found.get(filters, filters), steps.get(stride, stride)


def _by_name(context: Context, at: int, filters: int, stride: int) -> Iterator[Change]:
    """A projection for a merge of names: of `prev` in an entry before it, of another in an entry of its own."""
    entry = context.entry
    assert isinstance(entry, NamesEntry)
    references = [r.text for r in entry.references]
    if references[at] == "prev" and references.count("prev") == 1:
        yield changes.before(entry, _conv(filters, stride))
        return
    local = [name.rpartition(".")[2] for name in context.names]
    text = _conv(filters, stride, f"from: {local[at]}", "name: projection")
    yield changes.joined_by_name(entry, at, local, text)


def _inside(
    trials: Trials, entries: list[Entry], merge: Entry, x: Shape, y: Shape, mixing: bool
) -> Iterator[Change]:
    """Settings of the layers in a branch that may turn its shape x into y."""
    plan = trials.plan
    for entry in list(reversed(entries))[:LAST]:
        if not isinstance(entry, LayerEntry) or not changes.own(plan, entry):
            continue
        known, context = entry.layer.OPTIONS, trials.fed.get(id(entry))
        given = context.options(plan.layout) if context else None
        if given is None:
            continue
        if mixing and x[-1] != y[-1] and x[:-1] == y[:-1] and "filters" in known:
            yield changes.options(plan, entry, {"filters": y[-1]}, merge)
        if x[:-1] == y[:-1] or "padding" not in known or "kernel" not in known:
            continue
        axes = len(given["kernel"])
        half = tuple(((f - 1) // 2,) * 2 for f in given["kernel"])
        both = {"filters": y[-1]} if mixing and x[-1] != y[-1] and "filters" in known else {}
        settings: tuple[dict[str, Any], ...] = (
            {"padding": half},
            {"padding": "same"},
            {"stride": (2,) * axes},
            {"stride": (1,) * axes},
            {"stride": (1,) * axes, "padding": half},
            {"stride": (1,) * axes, "padding": "same"},
            {"stride": (2,) * axes, "padding": half},
            *({"padding": ((p, p),) * axes} for p in range(min(4, *given["kernel"]))),
        )
        for values in settings:
            changed = {name: value for name, value in values.items() if given.get(name) != value}
            if changed:
                yield changes.options(plan, entry, {**both, **changed}, merge)
