"""A worked derivation as lines: what a number is called, the chain of formula, numbers and value, and what to watch.

Pitfall: what is the same along several axes is said once, and the axis then left off the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..record import Record
from ..report.derivation import Derivation, DerivationStep, LayerDerivation, Total
from ..report.quantities import quantity
from ..text import _
from .cells import cell
from .look import Look


class Line(Record):
    """One number: `chain` stands between equals signs, `note` below."""

    label: str
    chain: tuple[str, ...]
    note: str = ""


class Part(Record):
    """A section of a layer; `remark` is said where there are no numbers."""

    heading: str
    lines: tuple[Line, ...]
    remark: str = ""


def parts(layer: LayerDerivation, look: Look, latex: bool = False) -> list[Part]:
    """The sections of a layer in order."""
    found = [Part(heading, tuple(_lines(steps, look, latex))) for heading, steps in layer.sections()]
    return [*found, Part("", (), layer.remark)] if layer.remark else found


def _lines(steps: list[DerivationStep], look: Look, latex: bool) -> Iterator[Line]:
    axes = {
        step.key.rpartition(".")[2] for step in steps if step.key.startswith(("output.", "receptive_field."))
    }
    axes -= {"C", "V"}
    for step in steps:
        head, _dot, axis = step.key.rpartition(".")
        value = number(step, look)
        if step.like is None:
            twins = {
                s.key.rpartition(".")[2] for s in steps if s.like == step.key and s.key.startswith(f"{head}.")
            }
            alone = (
                head
                and head != "output"
                and axis in ("T", "H", "W", "Z")
                and (twins or not _differs(steps, step))
            )
            label = quantity(head) if alone else step.label
            yield Line(label, tuple(step.chain(value, latex)), step.note or "")
        elif head == "output" or (head == "L_a" and not step.like.startswith("L_a")):
            yield Line(step.label, (_as(step, latex), value), "")


def _differs(steps: list[DerivationStep], step: DerivationStep) -> bool:
    """Whether another axis has other numbers for this quantity."""
    head = step.key.rpartition(".")[0]
    return any(s.key.startswith(f"{head}.") and s.key != step.key for s in steps)


def _as(step: DerivationStep, latex: bool) -> str:
    """What stands for a formula that was shown before."""
    like = str(step.like)
    what = quantity(like) if like.startswith("output.") else quantity(like.rpartition(".")[0])
    text = _("as for {what}").format(what=what)
    return rf"\text{{{text}}}" if latex else text


def number(step: DerivationStep | Total, look: Look) -> str:
    """The value in the units asked for."""
    return cell(step.value, "bytes" if step.key.endswith("bytes") else "count", look.units)


def terms(total: Total, look: Look) -> tuple[str, ...]:
    """A total's chain: the parts by name, and the sum."""
    each = [f"{name} {cell(value, 'count', look.units)}" for name, value in total.terms]
    last = cell(total.value, "count", look.units)
    return (" + ".join(each), last) if each else (last,)


def letters(derivation: Derivation) -> list[str]:
    """What the letters stand for, one each; at the end, what an axis on a letter means."""
    known = [f"{letter}: {meaning}" for letter, meaning in derivation.letters]
    rules: list[Any] = [step.rule for layer in derivation.layers for step in layer.steps]
    if any("_H" in letter or "_T" in letter for rule in rules for letter in rule.letters):
        known.append(_("N_H, M_W, F_T: that of the height, the width, the length"))
    return known
