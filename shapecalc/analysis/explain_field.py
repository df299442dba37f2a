"""The steps behind a receptive field: R ← R + (K − 1)·J, J ← J·S, P ← P + p·J, and the hull where paths meet.

Pitfall: behind a layer that sees everything there is no field to tell, only a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..engine.receptive import PADDING, SIZE, STRIDE, grown_letters, hull_letters, hull_rules
from ..formula import Formula
from ..layers import Layer
from ..layers._adaptive import AdaptivePool
from ..layers._base import spatial
from ..layers._norm import Norm
from ..report.derivation import DerivationStep
from ..report.table import Field
from ..symbolic import has_letters
from ..text import N_, _

LETTERS = {
    "R": N_("receptive field of the layer before: how many pixels of the network's input one value sees"),
    "J": N_(
        "its stride: how many input pixels lie between two neighbours, the product of all strides so far"
    ),
    "P": N_("its padding: how far the first field begins before the first pixel"),
    "p": N_("this layer's padding before"),
    "E": N_("how far the field reaches beyond the first pixel"),
}
"""What the letters stand for where receptive fields are worked out."""


def field_steps(
    layer: Layer, before: tuple[Field | None, ...], after: Field | None
) -> tuple[tuple[DerivationStep, ...], str]:
    """The steps from the fields of a layer's inputs to its own, and what is to be said where there are none."""
    steps = layer.steps()
    if after is None:
        return (), _why_none(layer, before)
    fields = [field for field in before if field is not None]
    axes = spatial(len(after.size) + 1)
    if len(fields) > 1 and any(field[:3] != fields[0][:3] for field in fields):
        note = None if after.aligned else _hull(fields)
        return tuple(s for i, axis in enumerate(axes) for s in _met(fields, i, axis, note)), ""
    if not steps:
        note = _("It looks at one position at a time: size, stride and padding stay.")
        if len(fields) > 1:
            note = _("All paths see the same, so nothing changes.")
        found = zip(axes, after.size)
        return tuple(_made("size", axis, _letter("R"), {"R": size}, note) for axis, size in found), ""
    grown = []
    for axis, size, stride, padding, step in zip(
        axes, fields[0].size, fields[0].stride, fields[0].padding, steps
    ):
        letters = grown_letters(size, stride, padding, step)
        rules = {"size": SIZE, "stride": STRIDE, "padding": PADDING}
        grown += [_made(part, axis, rule, letters) for part, rule in rules.items()]
    return tuple(grown), ""


def _met(fields: list[Field], i: int, axis: str, note: str | None) -> list[DerivationStep]:
    """The hull of several paths along one axis."""
    rules = hull_rules(len(fields))
    letters = hull_letters([(f.size[i], f.stride[i], f.padding[i]) for f in fields])
    for letter in "PEJ":
        letters[letter] = rules[letter](letters)
    parts = {"padding": "P", "end": "E", "size": "R", "stride": "J"}
    return [
        _made(part, axis, rules[letter], letters, note if part == "size" else None)
        for part, letter in parts.items()
    ]


def _hull(fields: list[Field]) -> str:
    if len({field.stride for field in fields}) > 1:
        return _(
            "The paths have different strides, so this is the hull of all, from the earliest first pixel to the latest last."
        )
    if not all(field.aligned for field in fields):
        return _(
            "One of the paths is a hull already: this is the hull of all, from the earliest first pixel to the latest last."
        )
    return _(
        "The paths have different centres, so this is the hull of all, from the earliest first pixel to the latest last."
    )


def _why_none(layer: Layer, before: tuple[Field | None, ...]) -> str:
    if any(field is None for field in before):
        return _("None to tell, since a layer before has none, or the input is a vector.")
    if all(n == 1 for n in layer.y[:-1]) or isinstance(layer, Norm):
        return _("One value sees the whole input, here and in all that follows.")
    if isinstance(layer, AdaptivePool) and has_letters(layer.x[:-1]):
        return _("Whether all its windows are alike depends on the letters.")
    if layer.steps() is None:
        return _("Behind this layer it cannot be told as one size, stride and padding.")
    return _("None to tell: its paths begin at different inputs, or see everything.")


def _made(
    part: str, axis: str, rule: Formula, letters: Mapping[str, int], note: str | None = None
) -> DerivationStep:
    key = f"receptive_field.{part}.{axis}"
    used = {letter: letters[letter] for letter in rule.letters}
    return DerivationStep(key, rule, used, rule(used), "field", note)


@cache
def _letter(letter: str) -> Formula:
    return Formula(letter)
