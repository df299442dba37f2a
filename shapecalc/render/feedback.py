"""One student's page: the score, the table with marks, each mistake with its slip, what followed from it at no cost.

Pitfall: the page goes to one student, so it names nobody else, and tells right values only where they may be told.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..report.grades import Sheet
from .look import Look
from .markdown import block, escape
from .safe import ascii_only, clean


def render(sheet: Sheet, notes: Sequence[str], look: Look) -> str:
    """The Markdown of one sheet; the first of `notes` are the conventions."""
    table = block(sheet.grid()._replace(title="", notes=()), look)
    said = [f"- {_text(sentence, look)}" for sentence in sheet.sentences()]
    small = [_text(note, look) for note in notes[:1]]
    parts = [f"# {_text(sheet.name, look)}", table.rstrip("\n"), "\n".join(said), *small]
    return "\n\n".join(part for part in parts if part) + "\n"


def _text(text: str, look: Look) -> str:
    """A sentence that may quote a student, as text and never as markup."""
    line = escape(clean(text))
    return ascii_only(line) if look.ascii else line
