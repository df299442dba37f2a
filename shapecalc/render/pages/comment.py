"""What a student is told, short, for a gradebook: HTML on one line for Moodle, Markdown for nbgrader.

Pitfall: both are shown as markup, so what a student wrote is escaped.
"""

from __future__ import annotations

from html import escape

from ...report.grades import Sheet, number
from .. import markdown
from ..safe import ascii_only, clean


def in_html(sheet: Sheet) -> str:
    """The score and a line for everything that there is to say."""
    said = "".join(
        f"<li>{escape(_text(sentence, sheet), quote=False)}</li>" for sentence in sheet.sentences()
    )
    return f"<p>{_score(sheet)}</p><ul>{said}</ul>" if said else f"<p>{_score(sheet)}</p>"


def in_markdown(sheet: Sheet) -> str:
    """The same as a list."""
    said = (f"- {markdown.escape(_text(sentence, sheet))}" for sentence in sheet.sentences())
    return "\n".join([_score(sheet), "", *said]).rstrip()


def _score(sheet: Sheet) -> str:
    return f"{number(sheet.score)} / {number(sheet.max_score)}"


def _text(sentence: str, sheet: Sheet) -> str:
    return ascii_only(clean(sentence)) if sheet.style.ascii else clean(sentence)
