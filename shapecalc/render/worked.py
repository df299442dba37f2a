"""A worked derivation as lines: what a number is called, the chain of formula, numbers and value, and what to watch.

Pitfall: what is the same along several axes is said once, and the axis then left off the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..record import Record
from ..report.derivation import Derivation, DerivationStep, LayerDerivation, Total
from ..report.quantities import SECTIONS, quantity
from ..text import _
from .cells import cell
from .look import Look

Safe = Callable[[str], str]
"""Makes text of what might be markup."""


class Line(Record):
    """One number: `chain` stands between equals signs, `note` below; `said` if the chain begins with words."""

    label: str
    chain: tuple[str, ...]
    note: str = ""
    said: bool = False


class Part(Record):
    """A section of a layer; `remark` is said where there are no numbers."""

    heading: str
    lines: tuple[Line, ...]
    remark: str = ""


def parts(layer: LayerDerivation, look: Look, latex: bool = False) -> list[Part]:
    """The sections of a layer in order."""
    found = []
    for name, heading in SECTIONS.items():
        steps = [step for step in layer.steps if step.section == name]
        remark = layer.remark if name == "field" else ""
        if steps or remark:
            found.append(Part(_(heading), tuple(_lines(steps, look, latex)), remark))
    return found


def _lines(steps: list[DerivationStep], look: Look, latex: bool) -> Iterator[Line]:
    for step in steps:
        head, value = step.key.rpartition(".")[0], number(step, look)
        if step.like is None:
            label = step.label if _differs(steps, step) else quantity(head, letters=True)
            yield Line(label, tuple(step.chain(value, latex)), step.note or "")
        elif head == "output" or _other_end(step):
            label = step.label if head == "output" or _differs(steps, step) else quantity(head, letters=True)
            yield Line(label, (_as(step), value), said=True)


def _differs(steps: list[DerivationStep], step: DerivationStep) -> bool:
    """Whether the axis belongs to the name: the size of the output, or another axis has other numbers."""
    head = step.key.rpartition(".")[0]
    if not head or head in ("output", "ops", "batch", "batch.ops"):
        return True
    others = [s for s in steps if s.key.rpartition(".")[0] == head and s.key != step.key]
    return any(s.like is None or (step.like and s.like != step.like) for s in others)


def _other_end(step: DerivationStep) -> bool:
    """Whether what is lost behind is the same as before, along one axis."""
    axis, like = step.key.rpartition(".")[2], str(step.like)
    return step.key == f"L_a.{axis}" and like == f"L_b.{axis}"


def _as(step: DerivationStep) -> str:
    """What stands for a formula that was shown before."""
    like = str(step.like)
    what = quantity(like) if like.startswith("output.") else quantity(like.rpartition(".")[0], letters=True)
    return _("as for {what}").format(what=what)


def number(step: DerivationStep | Total, look: Look) -> str:
    """The value in the units asked for."""
    return cell(step.value, "bytes" if step.key.endswith("bytes") else "count", look.units)


def terms(total: Total, look: Look) -> tuple[str, ...]:
    """A total's chain: the parts by name, and the sum."""
    each = [f"{name} {cell(value, 'count', look.units)}" for name, value in total.terms]
    last = cell(total.value, "count", look.units)
    return (" + ".join(each), last) if each else (last,)


def legend(derivation: Derivation) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the letters stand for, by heading; and after the first of them, what an axis on a letter means."""
    groups = [(group.heading, list(group.meanings)) for group in derivation.letters]
    rules: list[Any] = [
        step.rule for item in derivation.shown if isinstance(item, LayerDerivation) for step in item.steps
    ]
    if groups and any(letter[-2:] in ("_H", "_T") for rule in rules for letter in rule.letters):
        groups[0][1].append((_("N_H, M_W, F_T …"), _("the same along the height, the width, the length")))
    return groups
