"""What Moodle's formats share: HTML for the table, the grades that it knows, and its order of escaping.

Pitfall: Moodle refuses a grade that is not on its own list, so a credit of 0.45 becomes 50 %.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from ...report.quiz import Blank, Quiz, alone
from ...text import _
from ..cells import cell as text_of
from ..safe import clean

GRADES = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667",
    "14.28571", "12.5", "11.11111", "10", "5", "0",
)  # fmt: skip
"""Percentages that Moodle accepts."""


def grade(credit: float) -> str:
    """The nearest percentage that Moodle knows; a wrong answer never gets all."""
    return min(GRADES[1:], key=lambda known: abs(float(known) - 100 * credit))


def page(quiz: Quiz, blank: Callable[[Blank], str]) -> str:
    """The sheet in HTML on one line; `blank` says what stands in the place of a blank."""
    columns = quiz.grid().columns
    heads = "".join(f"<th>{text(_(column.label))}</th>" for column in columns)
    rows = []
    for line in quiz.lines:
        cells = "".join(
            f"<td>{blank(cell) if isinstance(cell, Blank) else text(text_of(quiz.shown(cell), column.kind))}</td>"
            for cell, column in zip(line.cells, columns[2:])
        )
        rows.append(f"<tr><td>{text(line.name)}</td><td>{text(line.operation)}</td>{cells}</tr>")
    notes = "".join(f"<li>{text(line)}</li>" for line in quiz.conventions)
    return (
        f"<p>{text(quiz.heading)}</p><ul>{notes}</ul>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def standing(quiz: Quiz, blank: Blank) -> str:
    """A blank as a question that is drawn alone: with its conventions, and with all layers where it is about them."""
    notes = "".join(f"<li>{text(line)}</li>" for line in quiz.conventions)
    layers = ""
    if blank.column == "receptive_field" or not any(
        line.name == blank.row and line.operation for line in quiz.lines
    ):
        rows = (f"{line.name}: {line.operation}" if line.operation else line.name for line in quiz.lines)
        layers = f"<ol>{''.join(f'<li>{text(row)}</li>' for row in rows)}</ol>"
    return f"<p>{text(alone(quiz, blank))}</p>{layers}<ul>{notes}</ul>"


def plain(name: str) -> str:
    """A name for a category, in plain letters: a slash would make a folder, and nothing is escaped there."""
    return " ".join(re.sub(r"[^\w.,()+-]+", " ", name).split()) or "shapecalc"


def text(words: str) -> str:
    """Text as HTML."""
    return escape(clean(words), quote=False)
