"""Where planted mistakes come from: units (layers, or modules that layers share), and the mistakes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from shapecalc import layers
from shapecalc.verify import kernels

from . import code, formulas, quantities, settings
from .planted import Mutant
from .sample import primitive

Source = tuple[Callable[[], tuple[str, ...]], Callable[[str], Iterator[Mutant]]]
SOURCES: dict[str, Source] = {
    "quantities": (primitive, quantities.mutants),
    "settings": (primitive, settings.mutants),
    "formulas": (primitive, formulas.mutants),
    "layers": (partial(code.units, layers.__name__), code.of_layers),
    "fields": (lambda: ("receptive",), code.of_engine),
    "kernels": (partial(code.units, kernels.__name__), code.of_kernels),
}
