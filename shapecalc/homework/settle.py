"""What the key says of hand-ins as a whole: which of several attempts counts, and what handing in late costs.

Pitfall: the penalty comes before the choice, since a late attempt may be right in more cells and still be worth less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..report.grades import Sheet, number, tidy
from ..spec.grading import Grading, Late
from ..text import _

_NO = ("", "no", "false", "0", "否", "n")


def is_late(facts: Mapping[str, Any]) -> bool:
    """Return True if the platform or the file says that this was handed in late."""
    return str(facts.get("late", "")).strip().lower() not in _NO


def settled(sheets: Iterable[Sheet], grading: Grading) -> list[Sheet]:
    """The sheets that count, with what was taken off."""
    marked = [_charged(sheet, grading.late) for sheet in sheets]
    if grading.attempts != "best":
        return marked
    attempts = dict[str, list[Sheet]]()
    for sheet in marked:
        attempts.setdefault(sheet.student or sheet.file, []).append(sheet)
    return [_best(own) for own in attempts.values()]


def _charged(sheet: Sheet, late: Late | None) -> Sheet:
    if late is None or sheet.unread or not is_late(sheet.facts):
        return sheet
    most = sheet.max_score
    penalty = tidy(late.share * most + late.marks)
    text = _("handed in late: {penalty} of {max} marks are taken off").format(
        penalty=number(penalty), max=number(most)
    )
    return sheet._replace(penalty=penalty, settled=(*sheet.settled, text))


def _best(attempts: list[Sheet]) -> Sheet:
    """The attempt with the most marks; the first in order where several have them, an unread one only where all are."""
    read = [sheet for sheet in attempts if not sheet.unread]
    if len(attempts) == 1 or not read:
        return attempts[0]
    best = max(read, key=lambda sheet: sheet.score)
    scores = ", ".join(number(sheet.score) for sheet in read if sheet is not best) or "–"
    text = _("the best of {n} attempts counts; the others have {scores}")
    return best._replace(settled=(*best.settled, text.format(n=len(attempts), scores=scores)))
