"""What a layer's file says of it: built for its worked cases, its rules and formulas can be read off.

Pitfall: a formula depends on options (with a bias, in groups), so a page shows those of the layer's first case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import layers
from ..engine.options import spread
from ..engine.written import flow, option_texts
from ..errors import ShapeError
from ..formula import Formula
from ..layers import Case, Layer, Shape
from ..layers._base import LETTERS, written
from ..text import _

ORDER = ("weights", "biases", "buffers", "macs", "macs_on_data", "connections")
SAME = Formula("N")
_VARIANTS: tuple[dict[str, Any], ...] = (
    {},
    {"padding": 1},
    {"padding": [(0, 1), (0, 1)]},
    {"padding": "same"},
    {"rounding": "ceil"},
)


def build(layer: type[Layer], case: Case, changes: Mapping[str, Any] = {}) -> Layer:
    """The layer of a case, with some options changed; raises ShapeError where that cannot be."""
    inputs = _inputs(case)
    given = {**case.options, **changes}
    options = {}
    for name, option in layer.OPTIONS.items():
        value = given.get(name, None if option.required else option.default)
        whole = option.kind == "amount" and isinstance(value, tuple) and len(value) == len(inputs[0])
        options[name] = value if whole else spread(value, option, inputs[0], "HWC")
    return layer(options, inputs)


def _inputs(case: Case) -> tuple[Shape, ...]:
    """The case's input shapes, one or several."""
    x: Any = case.x
    return x if isinstance(x[0], tuple) else (x,)


def formulas(layer: type[Layer]) -> dict[str, Formula]:
    """Quantity → formula for the first case, params first and operations last."""
    if not layer.CASES:
        return {}
    found = build(layer, layer.CASES[0]).formulas()
    return {q: found[q] for q in (*ORDER, *(q for q in found if q not in ORDER)) if q in found}


def shape_rules(layer: type[Layer]) -> list[Formula]:
    """The rules for the output size, of every form that padding and rounding give them; N where nothing changes."""
    if layer.CASES and not layer.BODY and all(case.y in _inputs(case) for case in layer.CASES):
        return [SAME]
    found: dict[str, Formula] = {}
    for built in _built(layer):
        for window in getattr(built, "windows", ()):
            found.setdefault(window.formula.show(), window.formula)
    return list(found.values())


def _built(layer: type[Layer]) -> Iterator[Layer]:
    for changes in _VARIANTS:
        if layer.CASES and all(name in layer.OPTIONS for name in changes):
            try:
                yield build(layer, layer.CASES[0], changes)
            except ShapeError:
                continue


def meanings(found: list[Formula]) -> dict[str, str]:
    """The letters of formulas and what they stand for; an axis on a letter, N_H, is left off."""
    letters = {letter for formula in found for letter in formula.letters}
    heads = {letter if letter in LETTERS else letter.rpartition("_")[0] for letter in letters}
    return {head: _(LETTERS[head]) for head in sorted(heads, key=str.lower) if head in LETTERS}


def example(layer: type[Layer], case: Case) -> str:
    """A worked case on one line, the layer as a spec writes it: `32×32×1 → conv {filters: 6} → 28×28×6`."""
    built = build(layer, case)
    options = flow(option_texts(layer, built.options, "HWC"))
    counts = ", ".join(f"{k} {v:,}" for k, v in case.counts.items())
    shapes = " + ".join(map(written, built.inputs))
    line = f"{shapes} → {layers.word_of(layer)}{'' if options == '{}' else ' ' + options} → {written(case.y)}"
    return f"{line}; {counts} ({case.source})" if counts else f"{line} ({case.source})"
