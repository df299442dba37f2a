"""Small networks of one layer each: every layer's own CASES, and a table of awkward settings in which each letter matters.

No two axes are alike, strides, padding, dilation and groups differ from 1 and from each other, sizes are odd, and two
samples run at once: a mistake that such a network forgives is no mistake, or stands in `equivalent.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from math import prod
from typing import Any
from unittest.mock import patch

from shapecalc import catalogue, layers
from shapecalc.engine import Bound, Overrides, bind, tabulate
from shapecalc.engine.options import spread
from shapecalc.engine.place import Placer
from shapecalc.errors import ShapeError, Source, SpecError
from shapecalc.graph import Graph, Node
from shapecalc.report.table import Table
from shapecalc.spec import Plan, load
from shapecalc.verify import run

from .awkward import AWKWARD, REFUSED
from .drawn import settings

BATCH = 2
Refusal = tuple[ShapeError, Graph]
"""Why the engine refused a layer, and that layer alone as a graph."""
LARGEST = 100_000
"""Values, weights and taps of an example that is still run thousands of times."""


class Sample:
    """One network: its text, and what the engine makes of it when asked."""

    def __init__(self, inputs: Any, entries: Sequence[Any], legal: bool = True) -> None:
        self.text = f"input: {json.dumps(inputs)}\nlayers: {json.dumps(entries)}\n"
        self.legal = legal

    @cached_property
    def plan(self) -> Plan:
        return load(Source("sample.yaml", self.text), catalogue.base)

    def answer(self) -> tuple[Bound, Table]:
        """Shapes and counts, computed anew. Raises SpecError."""
        bound = bind(self.plan, Overrides(batch=BATCH))
        return bound, tabulate(bound, batch=BATCH)

    @cached_property
    def truth(self) -> tuple[Bound, Table]:
        """Shapes and counts, computed once while nothing is wrong."""
        return self.answer()

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What comes out of a run while nothing is wrong."""
        return run(self.truth[0].graph, batch=BATCH).values

    @cached_property
    def refused(self) -> Graph:
        """The layer that the engine refuses while nothing is wrong, alone."""
        with refusals() as found, suppress(SpecError):
            self.answer()
        return found[0][1]

    def __repr__(self) -> str:
        return self.text


@contextmanager
def refusals() -> Iterator[list[Refusal]]:
    """Collects the layers that the engine refuses meanwhile, for their options or for the rank of their input."""
    found: list[Refusal] = []
    make, ranked = Placer.make, Placer.ranked

    def making(self: Any, word: str, kind: Any, options: dict[str, Any], xs: Any) -> Any:
        try:
            return make(self, word, kind, options, xs)
        except ShapeError as error:
            found.append((error, alone(word, options, xs)))
            raise

    def ranking(self: Any, entry: Any, x: tuple[int, ...], *more: Any) -> Any:
        try:
            return ranked(self, entry, x, *more)
        except ShapeError as error:
            given = {name: value.constant for name, value in entry.options.items()}
            kinds = entry.layer.OPTIONS.items()
            options = {n: spread(given.get(n, o.default), o, x, self.plan.layout) for n, o in kinds}
            found.append((error, alone(entry.word, options, (x,))))
            raise

    with patch.multiple(Placer, make=making, ranked=ranking):
        yield found


def alone(word: str, options: Mapping[str, Any], xs: tuple[tuple[int, ...], ...]) -> Graph:
    """A graph of one node, made without asking any layer."""
    inputs = {f"x{i}": x for i, x in enumerate(xs)}
    return Graph("alone", inputs, (Node(word, word, tuple(inputs), options),), (word,))


def single(word: str, x: Any, options: Mapping[str, Any], legal: bool = True) -> Sample:
    """A network of one layer; several inputs have the names a, b, c."""
    if x and isinstance(x[0], (tuple, list)):
        inputs: Any = dict(zip("abcdefgh", x))
        return Sample(inputs, [{word: {"from": list(inputs), **options}}], legal)
    return Sample(list(x), [{word: dict(options)} if options else word], legal)


@cache
def samples(word: str) -> tuple[Sample, ...]:
    """All networks of a layer: awkward ones first, for they find most; then its examples; then what must be refused."""
    kind = layers.load(word)
    assert kind is not None
    found = [
        Sample(x, made) if isinstance(made, list) else single(word, x, made)
        for x, made in AWKWARD.get(word, ())
    ]
    found += [
        _behind(word, x, made) for x, made in AWKWARD.get(word, ())[:4] if _alone(x, made) and not kind.merges
    ]
    cases = sorted(kind.CASES, key=_size)
    found += [single(word, c.x, c.options) for c in cases if _size(c) <= LARGEST]
    if not found:
        found = [single(word, cases[0].x, cases[0].options)]
    refused = [
        single(word, x, options, legal=False) for x, options in (*REFUSED.get(word, ()), *_ranks(word))
    ]
    return (*found, *refused, *(_judged(single(word, x, options)) for x, options in settings(word)))


def _alone(x: Any, made: Any) -> bool:
    return isinstance(made, dict) and len(x) > 1 and isinstance(x[0], int)


def _behind(word: str, x: tuple[int, ...], options: Mapping[str, Any]) -> Sample:
    """The layer behind a convolution, so that what it reads has seen several pixels already."""
    first = {"conv": {"filters": x[-1], "kernel": 3}}
    return Sample([*(n + 2 for n in x[:-1]), x[-1]], [first, {word: dict(options)} if options else word])


def _ranks(word: str) -> Iterator[tuple[Any, Any]]:
    """Inputs of ranks that the layer does not take, with options of one number."""
    kind = layers.load(word)
    assert kind is not None
    options = {name: 1 for name, option in kind.OPTIONS.items() if option.required}
    for x in ((4,), (4, 4), (4, 4, 4), (4, 4, 4, 4)):
        if kind.ranks and len(x) not in kind.ranks:
            yield x, options


def _judged(sample: Sample) -> Sample:
    """The sample, marked as illegal if the engine refuses it."""
    try:
        sample.answer()
    except SpecError:
        sample.legal = False
    return sample


def _size(case: layers.Case) -> int:
    """How much work an example is, roughly."""
    kernel = case.options.get("kernel", 1)
    taps = prod(kernel) if isinstance(kernel, tuple) else kernel**2
    shapes = case.x if isinstance(case.x[0], tuple) else (case.x,)
    most = sum(prod(shape) for shape in shapes) + prod(case.y) * taps  # type: ignore[arg-type]
    return max(
        most, *(n for n in case.counts.values()), case.options.get("vocab", 0) * case.options.get("d", 0)
    )


def primitive() -> tuple[str, ...]:
    """Every layer that is no block of others."""
    return tuple(word for word in layers.words() if not layers.load(word).BODY)  # type: ignore[union-attr]
