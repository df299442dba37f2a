"""A student's page as text, for a mail, a chat or a repository.

Pitfall: what a student wrote is text, and never markup, a link or a picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...report.grades import Sheet
from ...text import _
from .. import worked
from ..look import Look
from ..markdown import block, escape
from ..safe import ascii_only, clean
from ..worked_markdown import items
from ._solutions import solutions


def render(sheet: Sheet, notes: Sequence[str], look: Look) -> str:
    """The Markdown of one sheet."""
    table = block(sheet.grid()._replace(title="", notes=()), look)
    said = [f"- {_text(sentence, look)}" for sentence in sheet.sentences()]
    small = [_text(note, look) for note in notes]
    parts = [
        f"# {_text(sheet.name, look)}",
        table.rstrip("\n"),
        "\n".join(said),
        *small,
        *_solutions(sheet, look),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _solutions(sheet: Sheet, look: Look) -> Iterator[str]:
    ways = solutions(sheet)
    if ways:
        yield f"## {_('Worked solutions')}"
    for way in ways:
        yield f"### {_text(way.heading, look)}"
        for part in worked.parts(way, look):
            yield items(part.lines, lambda text: _text(text, look))


def _text(text: str, look: Look) -> str:
    """A sentence that may quote a student, as text and never as markup."""
    line = escape(clean(text))
    return ascii_only(line) if look.ascii else line
