"""What a teacher is told on stderr about hand-ins: what was not understood, what is not asked, what nobody answered.

Pitfall: three hundred hand-ins have the same fault, so a sentence is said once, with how many it is true of.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..report.grades import LABELS, Grades
from ..text import _, listed, ngettext

MOST = 20
NAMED = 3


def left_out(grades: Grades) -> Iterator[str]:
    """One line for each thing that was left out, and at most a few of them."""
    by_sentence = dict[str, list[str]]()
    strays = dict[str, list[str]]()
    for sheet in grades.sheets:
        name = os.path.basename(sheet.file) or sheet.student
        for problem in sheet.problems:
            by_sentence.setdefault(problem.removeprefix(f"{name}: "), []).append(name)
        for stray in sheet.strays:
            strays.setdefault(stray, []).append(name)
    for problem, names in list(by_sentence.items())[:MOST]:
        yield _("{names}: {problem}").format(names=_listed(names), problem=problem)
    if len(by_sentence) > MOST:
        yield _("… and {n} more like these").format(n=f"{len(by_sentence) - MOST:,}")
    if strays:
        parts = [f"{stray[:60]} ({_listed(names)})" for stray, names in list(strays.items())[:MOST]]
        more = " …" if len(strays) > MOST else ""
        yield _("not asked, and not marked: {names}").format(names=", ".join(parts) + more)
    if empty := unanswered(grades):
        text = _("nobody filled in {columns}; `grading: {{columns: […]}}` in the key says what is asked")
        yield text.format(columns=listed(_(LABELS[column]) for column in empty))


def lateness(grades: Grades) -> Iterator[str]:
    """Who handed in late, and whether it costs anything."""
    from ..homework.settle import is_late

    late = [sheet for sheet in grades.sheets if is_late(sheet.facts)]
    for text, sheets in (
        (_("handed in late, and marks are taken off: {names}"), [s for s in late if s.penalty]),
        (_("handed in late, at no cost: {names}"), [s for s in late if not s.penalty]),
    ):
        if sheets:
            yield text.format(names=", ".join(sheet.student or sheet.file for sheet in sheets))


def unanswered(grades: Grades) -> list[str]:
    """The columns that are blank on every sheet, where something stands on any."""
    answered = dict[str, bool]()
    for cell in (cell for sheet in grades.sheets for cell in sheet.cells):
        answered[cell.quantity] = answered.get(cell.quantity, False) or cell.state != "blank"
    return [column for column, some in answered.items() if not some] if any(answered.values()) else []


def _listed(names: list[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(dict.fromkeys(names))
    return ngettext("{n} hand-in", "{n} hand-ins", len(names)).format(n=len(names))
