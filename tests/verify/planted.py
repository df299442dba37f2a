"""Mistakes, planted one at a time on either side, and whether `reconcile.verify` finds each of them.

Four sources: quantities (every number that is compared, wrong by one, doubled or lost, on each side), settings (an option
that one side misreads), formulas (every formula of every layer, one change in its text) and code (every function of every
layer and kernel, one change in its syntax tree). `python -m tests.verify.planted [LAYER...]` prints what survives.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from shapecalc import reconcile
from shapecalc.layers import _window
from shapecalc.verify import run

from .opinion import (
    AGREE,
    BREAKS,
    DISAGREE,
    ENGINE_ALONE,
    KERNEL_ALONE,
    REFUSE,
    Remembered,
    kernels_opinion,
    opinion,
)
from .sample import BATCH, Sample, samples

FORMULA, KERNEL = "formula", "kernel"
SECONDS = 5
"""How long a mistake may take to be found; a loop that never ends is found, too."""
Plant = Callable[[], AbstractContextManager[Any]]


class Mutant(NamedTuple):
    """One mistake: in which layer or shared module, on which side, in words; `plant` makes it for a while.

    One that `notes` tells through `note` whether it ever made a difference; if it did not, it is no mistake.
    """

    layer: str
    side: str
    name: str
    plant: Plant
    within: tuple[Sample, ...] = ()
    notes: bool = False

    def __str__(self) -> str:
        return f"{self.layer}, {self.side} side: {self.name}"

    def samples(self) -> tuple[Sample, ...]:
        return self.within or samples(self.layer)


class Fate(NamedTuple):
    """How it went: what both sides said where the mistake showed ("" nowhere), or "values" where only they changed."""

    verdict: str
    sample: Sample | None = None


_differences: list[str] = []


def note(right: Any, wrong: Any) -> Any:
    """The wrong value; that it is another one is remembered."""
    if right != wrong:
        _differences.append("")
    return wrong


class TooLong(BaseException):
    """It does not end."""


def fate(mutant: Mutant, memory: Remembered) -> Fate:
    """Plant a mistake and look for it; a disagreement counts most, a breakdown least."""
    found: dict[str, Sample] = {}
    _differences.clear()
    formula = mutant.side == FORMULA
    runs: Any = patch.object(reconcile, "run", memory.run) if formula else _nothing()
    right = {id(s): (s.values if s.legal else s.refused) for s in mutant.samples() if not formula}
    with runs, mutant.plant(), _limited():
        for sample in mutant.samples():
            try:
                said = opinion(sample) if formula else kernels_opinion(sample)
            except TooLong:
                said = BREAKS
            if said != (AGREE if sample.legal else REFUSE):
                found.setdefault(said, sample)
                if said in (DISAGREE, KERNEL_ALONE):
                    break
        if not found and any(_values_changed(s) for s in mutant.samples() if id(s) in right and s.legal):
            return Fate("values")
    if mutant.notes and not _differences:
        return Fate("void")
    said = next((v for v in (DISAGREE, KERNEL_ALONE, ENGINE_ALONE, REFUSE, BREAKS) if v in found), "")
    return Fate(said, found.get(said))


def _values_changed(sample: Sample) -> bool:
    """Whether the numbers that come out are others, although none of the counts is."""
    values = run(sample.truth[0].graph, batch=BATCH).values
    return any(
        not np.array_equal(values[name], right, equal_nan=True) for name, right in sample.values.items()
    )


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _limited() -> Iterator[None]:
    """Stop after SECONDS, where the system can; and forget what was computed with a mistake."""
    can = hasattr(signal, "setitimer")
    forget()
    if can:
        before = signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        if can:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        forget()


def _too_long(*_args: object) -> None:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    raise TooLong


def forget() -> None:
    """Empty the caches that hold computed numbers."""
    _window.window.cache_clear()
    _window._lost.cache_clear()


def audit(mutants: list[Mutant]) -> tuple[Counter[str], list[Mutant]]:
    """How many mistakes came to what end, and those that nobody noticed."""
    memory, fates, survivors = Remembered(), Counter[str](), []
    for mutant in mutants:
        verdict = fate(mutant, memory).verdict
        if verdict == "void":
            continue
        fates[f"{mutant.side}: {verdict or 'survives'}"] += 1
        if not verdict:
            survivors.append(mutant)
    return fates, survivors


def main(words: list[str]) -> None:
    from .sources import SOURCES

    total: Counter[str] = Counter()
    for source, (units, mutants) in SOURCES.items():
        for unit in units():
            if not words or unit in words:
                fates, survivors = audit(list(mutants(unit)))
                total.update({f"{source}, {end}": n for end, n in fates.items()})
                for mutant in survivors:
                    sys.stdout.write(f"{source}: {mutant}\n")
                sys.stdout.flush()
    for end, n in sorted(total.items()):
        sys.stdout.write(f"{n:7,} {end}\n")
    sys.stdout.write(f"{sum(total.values()):7,} in all\n")


if __name__ == "__main__":
    main(sys.argv[1:])
