"""What a student may be told of a cell: the right value, the way to it, the likely slips.

Pitfall: the way to one cell runs through others. What was left blank is told nowhere, so arithmetic that spells it out is
left out too, and so is a heading with its shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..text import _, clauses, labelled
from .derivation import LayerDerivation

if TYPE_CHECKING:
    from .grades import Cell, Style

UNANSWERED = ("blank", "unreadable")
"""Nobody who has not answered is told the answer, unless everything may be told."""
LIKELY = 2
"""Slips that a sentence names: three guesses in a row help nobody."""
CARRIED = "carried_error"
"""A right step on a wrong earlier value. It keeps its marks where it is one, so it is no reason for losing them."""
_NUMBER = re.compile(r"\d+(?:,\d{3})*")
_PLAIN = frozenset(("0", "1"))


def feedback(cell: Cell, style: Style) -> str:
    """What a student is told about a cell: its state, the right value and its working where they may be told, the slip."""
    if cell.right and style.reveal != "all":
        return cell.remark
    parts = [cell.remark] if cell.remark else []
    if cell.state == "unreadable":
        parts.insert(0, _("could not be read"))
    elif cell.state == "blank":
        parts.append(_("no answer"))
    elif cell.state == "follow_through":
        parts.append(_("the right step on your {layer}").format(layer=cell.caused_by))
    elif cell.state in ("wrong", "special_case"):
        parts.append(slip(cell, style))
    if style.shown(cell):
        told = _("expected {value}").format(value=value_text(cell.expected)) if not cell.right else ""
        work = cell.work if cell.state != "follow_through" else ""
        parts.append(labelled(told, work) if told and work else told or work)
    return clauses(part for part in parts if part)


def slip(cell: Cell, style: Style) -> str:
    """The likely slips in a sentence, or whose mistake it is, or that no usual slip gives it."""
    likely = [d for d in cell.diagnoses if CARRIED not in d.id.split("+")][:LIKELY]
    if not likely:
        if cell.caused_by and cell.caused_by != cell.layer:
            return _("goes wrong because of {layer}").format(layer=cell.caused_by)
        return "" if cell.remark else _("no usual slip gives this")
    said = [d.hint if style.hints and d.hint else d.message for d in likely]
    work = likely[0].work
    if work and style.shown(cell) and not style.hints and cell.quantity != "output_shape":
        said[0] = _("{words} ({work})").format(words=said[0], work=work)
    text = _("hint: {messages}") if style.hints else _("likely slip: {messages}")
    line = text.format(messages=_(" – or ").join(dict.fromkeys(said)))
    if not cell.repeated:
        return line
    return _("{slip} (the same as in {layer}, counted once)").format(slip=line, layer=cell.caused_by)


def discreet(cells: tuple[Cell, ...], style: Style) -> tuple[Cell, ...]:
    """The cells with no way on them that spells the value of one that may not be told."""
    if style.reveal != "wrong":
        return cells
    secrets = [_numbers(value_text(c.expected)) for c in cells if c.state in UNANSWERED and c.expected]
    secrets = [secret for secret in secrets if not _PLAIN.issuperset(secret)]
    if not secrets:
        return cells
    return tuple(cell if cell.right else _discreet(cell, secrets) for cell in cells)


def _discreet(cell: Cell, secrets: list[Counter[str]]) -> Cell:
    diagnoses = (d._replace(work="") if _spells(d.work, secrets) else d for d in cell.diagnoses)
    return cell._replace(
        work="" if _spells(cell.work, secrets) else cell.work,
        solution=_way(cell.solution, secrets) if cell.solution else None,
        diagnoses=tuple(diagnoses),
    )


def _way(way: LayerDerivation, secrets: list[Counter[str]]) -> LayerDerivation | None:
    """A worked solution; without the shapes of its heading, or none at all, where it tells too much."""
    if _spells(way.inputs, secrets) or _spells(way.output, secrets):
        way = way._replace(inputs="", output="")
    return None if _spells("\n".join(step.line() for step in way.steps), secrets) else way


def _spells(text: str, secrets: Iterable[Counter[str]]) -> bool:
    """Whether all numbers of a secret stand in the text."""
    if not text:
        return False
    found = _numbers(text)
    return any(not secret - found for secret in secrets)


def _numbers(text: str) -> Counter[str]:
    return Counter(number.replace(",", "") for number in _NUMBER.findall(text))


def value_text(value: Any) -> str:
    """A value in a sentence: 28×28×6, 61,706."""
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
