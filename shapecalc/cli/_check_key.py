"""`grade --check-key`: the teacher's own values, wherever they stand, against what is computed.

Pitfall: a lecture's table can be wrong and stand in many notes for years (208, 416, 48,001, 10,081, 841), so this comes
before the first sheet is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api.grading import KeyAnswer
from ..errors import UsageError
from ..report.checked_key import CheckedKey
from ..report.grades import Style
from ..text import _
from ._left_out import left_out
from ._output import emit, remark

MOST = 5


def check_key(made: KeyAnswer, answers: Sequence[str], options: dict[str, Any], format: str) -> int:
    """Compare what the key's file states, and the answers as a published key; 1 where anything differs.

    Raises UsageError where nothing could be read: that is no key that was found right.
    """
    from .grade import marked

    odd = accepted_otherwise(made)
    documents = []
    if answers:
        grades = marked(made.key, answers, options, Style("all"), own=True)
        documents = [CheckedKey(sheet._replace(notes=grades.notes)) for sheet in grades.sheets]
        emit(documents, options, format)
        if not documents:
            remark(_("no hand-ins were found"))
        if not any(document.stated for document in documents):
            reasons = [problem for document in documents for problem in document.sheet.problems]
            raise UsageError(_("no published value could be read"), "; ".join(reasons[:MOST]) or None)
        for line in left_out(grades):
            remark(line)
    elif not made.answer.unmet:
        remark(_("the key states nothing that differs from what is computed"))
    for line in odd:
        remark(line)
    return int(bool(made.answer.unmet) or any(document.errors for document in documents))


def accepted_otherwise(made: KeyAnswer) -> list[str]:
    """Accepted answers that are not the computed value: a teacher's choice, and worth a word."""
    from ..homework.grade import tools
    from ..homework.marking import Marker
    from ..quantities import COLUMNS
    from ..report.grades import LABELS, value_text

    key = made.key
    if not key.grading.accept:
        return []
    rows = key.asked_rows([rule.row for rule in key.grading.accept if rule.row])
    marker = Marker(key, rows, key.grading.columns or COLUMNS, tools(key).read)
    found = []
    for cell in (cell for cells in marker.cells.values() for cell in cells):
        for text in cell.accept:
            if marker.judge.verdict(cell._replace(accept=()), marker.judge.read(text, cell.quantity)) is None:
                message = _("{cell}: {text} is accepted, and {value} is computed")
                name = f"{cell.row.name} {_(LABELS[cell.quantity])}"
                found.append(message.format(cell=name, text=text, value=value_text(cell.expected)))
    return found
