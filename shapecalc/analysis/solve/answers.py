"""Numbers that a whole network must have, as an answer to print: filled blanks, and names run through ranges.

Pitfall: values that belong together make a run; an interval is only given where every value in it, step by step, fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...report.grid import Column
from ...report.solutions import Solutions
from ...report.table import Table
from ...text import N_, _, ngettext
from .filling import Filling

SHOWN = 20
COSTS = (("output", N_("output"), "shape"), ("params", N_("params"), "count"), ("macs", N_("MACs"), "count"))


def runs(values: Sequence[int], step: int = 1) -> list[list[int]]:
    """Values in order as intervals [first, last] of that step."""
    found: list[list[int]] = []
    for value in values:
        if found and value == found[-1][1] + step:
            found[-1][1] = value
        else:
            found.append([value, value])
    return found


def interval(values: Sequence[int], step: int = 1) -> Any:
    """One interval, a list of them where there are gaps, None where there is nothing."""
    found = runs(values, step)
    return found[0] if len(found) == 1 else found or None


def costs(table: Table) -> tuple[Any, ...]:
    """What a row shows of a network."""
    totals = table.totals()
    return table.as_shown(table.output_shape), totals.params.total, totals.macs


def of_filling(found: Filling, most: int) -> Solutions:
    """The answer to a spec with blanks."""
    names = found.names
    solutions = [
        {n: list(v) if isinstance(v, tuple) else v for n, v in zip(names, row)} for row in found.found
    ]
    whole = len(names) == 1 and all(isinstance(row[0], int) for row in found.found)
    intervals = {names[0]: interval([row[0] for row in found.found])} if whole else dict.fromkeys(names)
    rows = tuple(
        (*map(_written, row), *costs(table)) for row, table in zip(found.found[:SHOWN], found.tables)
    )
    truncated = found.cut or found.free or any(v == most for row in found.found for v in row)
    near = tuple({**dict(zip(names, m.numbers)), "unmet": m.message} for m in found.nearest)
    notes: list[str] = []
    reason = ""
    if not found.found:
        reason = _("no {names} up to {most} meets what is expected").format(
            names=_(" and ").join(names), most=most
        )
        if found.cut:
            reason = _(
                "the search stopped before a solution was found; write an expectation nearer to the blanks"
            )
        notes.append(_("No solution: {reason}.").format(reason=reason))
        notes += [
            _("Nearest: {values}: {message}.").format(values=_listed(names, m.numbers), message=m.message)
            for m in found.nearest
        ]
    elif found.free:
        notes.append(
            _("Every number that was tried fits: no expectation depends on {names}.").format(
                names=_(" and ").join(names)
            )
        )
    elif len(found.found) == 1:
        message = _("In line {line} write {value} for unknown ({option}).")
        for blank, number in zip(found.blanks, found.found[0]):
            line, value = blank.node.line + 1, _yaml(number)
            notes.append(message.format(line=line, value=value, option=blank.names))
    if len(found.found) > SHOWN:
        more = len(found.found) - SHOWN
        text = ngettext(
            "{n} more solution; --format json or csv has it.",
            "{n} more solutions; --format json or csv has them.",
            more,
        )
        notes.append(text.format(n=more))
    if found.cut and found.found:
        notes.append(_("The search stopped early; there may be more."))
    columns = (
        *(Column(name, name) for name in names),
        *(Column(key, _(head), kind) for key, head, kind in COSTS),
    )
    title = f"{found.plan.name}    {', '.join(f'{name} = ?' for name in names)}"
    return Solutions(found.plan.name, title, {}, names, solutions, intervals, truncated, columns, rows, tuple(notes), reason,
                     near if not found.found else (), {"name": found.plan.name})  # fmt: skip


def _listed(names: Sequence[str], values: Sequence[Any]) -> str:
    return ", ".join(f"{name} = {_written(value)}" for name, value in zip(names, values))


def _written(value: Any) -> str:
    return "×".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def _yaml(value: Any) -> str:
    return "x".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
