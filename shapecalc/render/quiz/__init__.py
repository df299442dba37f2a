"""Worksheets in every form: printed, handed in as a file, filled in on a page, or taken into a learning platform.

Pitfall: Moodle's XML, GIFT, Cloze, text2qti and JupyterQuiz hold the right answers by their nature; all others must never.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from ...report.quiz import Quiz
from .. import FORMATS as TABLES
from .. import SUFFIXES as ENDINGS
from .. import render

PLATFORMS = ("moodle", "gift", "cloze", "text2qti", "jupyterquiz")
"""Formats that carry the answers, and the feedback to wrong ones."""
FORMATS = (*TABLES, "notebook", *PLATFORMS)
SUFFIXES = {**ENDINGS, ".ipynb": "notebook", ".gift": "gift", ".xml": "moodle"}
ENDING = {
    "table": ".txt", "plain": ".txt", "json": ".json", "jsonl": ".jsonl", "csv": ".csv", "tsv": ".tsv", "markdown": ".md",
    "latex": ".tex", "html": ".html", "notebook": ".ipynb", "moodle": ".xml", "gift": ".gift.txt", "cloze": ".cloze.txt",
    "text2qti": ".quiz.txt", "jupyterquiz": ".quiz.json",
}  # fmt: skip
"""What a file of each format is called like; a platform tells none by its suffix."""
POOLS = ("moodle", "gift")
"""Platforms that draw each question from a pool: all variants go into one file, too."""
_OWN = ("markdown", "latex", "html", "notebook", *PLATFORMS)


def render_quiz(
    quizzes: Sequence[Quiz],
    format: str,
    *,
    units: str = "exact",
    ascii: bool = False,
    width: int | None = None,
    color: str = "auto",
) -> str:
    """The text of worksheets in one of FORMATS."""
    if format in _OWN:
        text: str = import_module(f"{__name__}.{format}").render(quizzes)
        return text
    if format in ("csv", "tsv"):
        quizzes = [quiz._replace(blank="?", nothing="") for quiz in quizzes]
    return render(quizzes, format, units=units, ascii=ascii, width=width, color=color)
