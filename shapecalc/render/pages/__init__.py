"""One student's page, in a file of its own: the score, the table with marks, each mistake, what followed from it at no cost.

Pitfall: the page goes to one student, so it names nobody else, and tells right values only where they may be told.
"""

from __future__ import annotations

from importlib import import_module

from ...report.grades import Grades, Sheet
from ..look import Look

PAGES = {"html": ".html", "markdown": ".md"}
"""Formats, a module each, and what their files end in."""


def page(grades: Grades, sheet: Sheet, format: str, look: Look) -> str:
    """The text of a page in one of PAGES; the first of the notes are the conventions."""
    text: str = import_module(f"{__name__}.{format}").render(sheet, grades.notes[:1], look)
    return text
