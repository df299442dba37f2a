"""Trials of changes: the plan is walked again with the change made, and what is wrong then is held against before.

Pitfall: a large network cannot be walked often, so trials are counted by the layers they walk, and shared out among the
findings; no clock decides what is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...engine import Overrides
from ...errors import Diagnostic
from ...spec import Plan
from ...text import _
from . import changes
from .changes import WORDS, Change
from .watch import Key, Watch, key_of

STEPS = 15_000
"""Layers that all trials may walk together: about half a second."""
TRIALS = 400


def _several(batch: int | str) -> int | str:
    """A batch that still makes the network a changed one, so that literal expectations stay unchecked."""
    return batch if isinstance(batch, str) else max(2, batch)


class Trials:
    """The plan as it is, what is wrong with it, and how many more trials there may be."""

    def __init__(self, plan: Plan, overrides: Overrides) -> None:
        self.flag = bool(overrides.inputs) and not plan.symbols and len(plan.inputs) == 1
        if (
            self.flag
        ):  # the input of the command line takes the place of the file's, so that it can be changed
            (given,), (name,) = overrides.inputs.values(), plan.inputs
            plan = plan._replace(inputs={name: given})
            overrides = overrides._replace(inputs={}, batch=_several(overrides.batch))
        self.plan = plan
        self.overrides = overrides
        watch = Watch(plan, overrides)
        self.old = watch.findings().keys()
        self.contexts = watch.contexts
        self.fed = watch.fed
        self.shapes = (
            {name: shape for name, shape in watch.problems.file.shapes.items() if shape}
            if hasattr(watch.problems, "file")
            else {}
        )
        self.nodes = watch.placer.nodes
        size = max(1, len(watch.placer.nodes))
        self.left = min(TRIALS, STEPS // size)
        self.here = self.left

    @property
    def spent(self) -> bool:
        """Whether no trial is left."""
        return self.left <= 0

    def share(self, findings: int) -> None:
        """Give the next finding its part of what is left."""
        self.here = max(1, self.left // findings) if self.left else 0

    def after(self, change: Change) -> set[Key] | None:
        """What is wrong with the change made that was not before, and what still is; None where none is left."""
        if self.here <= 0 or self.left <= 0:
            return None
        self.left -= 1
        self.here -= 1
        with change.make(self.plan) as plan:
            return set(Watch(plan, self.overrides).findings())

    def cured(self, change: Change, key: Key) -> bool:
        """Whether this error is gone and no other has come."""
        after = self.after(change)
        return after is not None and key not in after and after <= self.old

    def lines(self, diagnostic: Diagnostic, candidates: Iterator[Change], most: int) -> list[str]:
        """The help's lines: the first changes that work; else those after which the least is wrong further on."""
        key = key_of(diagnostic)
        good: list[Change] = []
        poor: list[tuple[int, Change]] = []
        seen: set[tuple[str, str, str]] = set()
        for change in candidates:
            mark = (change.kind, change.text, change.place)
            if mark in seen:
                continue
            seen.add(mark)
            after = self.after(change)
            if after is None:
                break
            if key in after:
                continue
            new = after - self.old
            if not new:
                good.append(change)
            elif all(code.startswith("SC4") and _behind(place, diagnostic) for code, _message, place in new):
                poor.append((len(new), change))
            if len(good) == most or (good and good[0].kind == "this branch"):
                break
        least = min((number for number, _change in poor), default=0)
        chosen = good or [change for number, change in poor if number == least][:most]
        lines = [
            _(WORDS[c.kind][i > 0]).format(text=c.text, word=c.word, place=c.place)
            for i, c in enumerate(chosen)
        ]
        return lines if good or not lines else [*lines, _("what comes after it does not fit then, either")]

    def inputs(self, key: Key, grows: bool) -> Iterator[Change]:
        """The nearest input, larger or smaller, with which this error is gone; nothing where the input is not literal."""
        if len(self.plan.inputs) != 1 or self.overrides.inputs:
            return
        (name,) = self.plan.inputs
        shape = self.shapes.get(name)
        literal = self.plan.inputs[name].constant
        if shape is None or len(shape) < 2 or not isinstance(literal, tuple):
            return

        def moved(by: int) -> Change | None:
            sizes = tuple(n + (by if grows else -by) for n in shape[:-1])
            return (
                changes.input_shape(self.plan, name, (*sizes, shape[-1]), self.flag)
                if min(sizes) >= 1
                else None
            )

        found = self._least(lambda by: bool((c := moved(by)) and self.cured(c, key)))
        if found and (change := moved(found)):
            yield change

    @staticmethod
    def _least(works: Callable[[int], bool]) -> int | None:
        """The least step that works, as far as doubling and halving show."""
        step = 1
        while not works(step):
            step *= 2
            if step > 1024:
                return None
        low, high = step // 2, step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if works(middle) else (middle, high)
        return high

    def multiples(self) -> Iterator[Change]:
        """Inputs rounded to multiples of powers of two, the nearest first."""
        if len(self.plan.inputs) != 1 or self.overrides.inputs:
            return
        (name,) = self.plan.inputs
        shape = self.shapes.get(name)
        if shape is None or len(shape) < 2 or not isinstance(self.plan.inputs[name].constant, tuple):
            return
        tried = {shape}
        for m in (2, 4, 8, 16, 32, 64):
            for up in (True, False):
                sizes = tuple(-(-n // m) * m if up else max(m, n // m * m) for n in shape[:-1])
                found = (*sizes, shape[-1])
                if found not in tried:
                    tried.add(found)
                    yield changes.input_shape(self.plan, name, found, self.flag)


def _behind(place: Any, diagnostic: Diagnostic) -> bool:
    """Whether a place lies behind that of a finding, so that it could not be looked at before."""
    return bool(place and diagnostic.span and place[:2] > diagnostic.span[1:3])
