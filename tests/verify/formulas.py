"""Every formula of every layer, with one change in its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

from shapecalc.formula import Formula

from .planted import FORMULA, Mutant, forget
from .rewriting import rewritten
from .sample import Sample, samples


def used(word: str) -> list[tuple[Formula, tuple[str, ...], tuple[Sample, ...]]]:
    """Every formula that a layer's samples ask for, with the whole numbers it could have seen, and the samples."""
    found: dict[int, tuple[Formula, dict[str, None], dict[int, Sample]]] = {}
    right = Formula.__call__
    for sample in samples(word):
        if sample.legal and any(node.layer != word for node in sample.truth[0].graph.nodes):
            continue  # its other layers have formulas, too

        def watched(self: Formula, letters: Mapping[str, Any], sample: Sample = sample) -> Any:
            _formula, names, where = found.setdefault(id(self), (self, {}, {}))
            names.update(dict.fromkeys(name for name, value in letters.items() if isinstance(value, int)))
            where[id(sample)] = sample
            return right(self, letters)

        forget()
        with patch.object(Formula, "__call__", watched):
            _ask(sample)
    forget()
    return [(formula, tuple(names), tuple(where.values())) for formula, names, where in found.values()]


def _ask(sample: Sample) -> None:
    """Compute a sample, and every number that is compared."""
    from shapecalc.errors import SpecError

    try:
        rows = sample.answer()[1].rows
        assert [(row.params, row.macs, row.macs_on_data, row.ops, row.connections) for row in rows]
    except SpecError:
        assert not sample.legal


def mutants(word: str) -> Iterator[Mutant]:
    for formula, letters, where in used(word):
        for text in rewritten(formula.text, letters):
            yield Mutant(word, FORMULA, f"{formula.text}  →  {text}", partial(_put, formula, text), where)


@contextmanager
def _put(formula: Formula, text: str) -> Iterator[None]:
    """Another text in a formula's place, in the object that all its users share."""
    right = formula.text
    _write(formula, text)
    try:
        yield
    finally:
        _write(formula, right)


def _write(formula: Formula, text: str) -> None:
    formula.text, formula._code, formula._expression = text, None, None
    formula._compiled.clear()
