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
from contextlib import AbstractContextManager, ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from shapecalc import reconcile
from shapecalc.layers import _window
from shapecalc.verify import kernels, run

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
BLOCK = 256
"""Bytes of a block while mistakes are looked for."""
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
    if not formula:  # what is right is computed before anything is wrong
        assert all(s.values if s.legal else s.refused for s in mutant.samples())
    runs: Any = patch.object(reconcile, "run", memory.run) if formula else _nothing()
    with runs, mutant.plant(), _forgetting():
        for sample in mutant.samples():
            said = _limited(opinion if formula else kernels_opinion, sample)
            if said != (AGREE if sample.legal else REFUSE):
                found.setdefault(said, sample)
                if said in (DISAGREE, KERNEL_ALONE):
                    break
        legal = [s for s in mutant.samples() if s.legal and not formula and not found]
        if any(_limited(_values_changed, s) for s in legal):
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
def _forgetting() -> Iterator[None]:
    """Forget what was computed before a mistake was made, and with it."""
    forget()
    try:
        yield
    finally:
        forget()


def _limited(question: Callable[[Sample], Any], sample: Sample) -> Any:
    """The answer; or that it breaks, where it takes more than SECONDS and the system can stop it."""
    if not hasattr(signal, "setitimer"):
        return question(sample)
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return question(sample)
    except TooLong:
        return BREAKS
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_long(*_args: object) -> None:
    raise TooLong


def forget() -> None:
    """Empty the caches that hold computed numbers."""
    _window.window.cache_clear()
    _window._lost.cache_clear()


@contextmanager
def small_blocks() -> Iterator[None]:
    """Kernels that work block by block take tiny ones, so that a small network has several."""
    with ExitStack() as stack:
        for name in kernel_modules():
            module = import_module(f"{kernels.__name__}.{name}")
            if hasattr(module, "BLOCK_BYTES"):
                stack.enter_context(patch.object(module, "BLOCK_BYTES", BLOCK))
        yield


def kernel_modules() -> list[str]:
    folder = Path(kernels.__file__).parent
    return sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")


@small_blocks()
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
