"""One student's page: the score, the table with marks, each mistake with its slip, what followed from it at no cost.

Pitfall: the page goes to one student, so it names nobody else, and tells right values only where they may be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..report.derivation import LayerDerivation
from ..report.grades import Sheet
from ..text import _
from . import worked
from .look import Look
from .markdown import block, escape
from .safe import ascii_only, clean
from .worked_markdown import items


def render(sheet: Sheet, notes: Sequence[str], look: Look) -> str:
    """The Markdown of one sheet; the first of `notes` are the conventions."""
    table = block(sheet.grid()._replace(title="", notes=()), look)
    said = [f"- {_text(sentence, look)}" for sentence in sheet.sentences()]
    small = [_text(note, look) for note in notes[:1]]
    parts = [
        f"# {_text(sheet.name, look)}",
        table.rstrip("\n"),
        "\n".join(said),
        *small,
        *_solutions(sheet, look),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _solutions(sheet: Sheet, look: Look) -> Iterator[str]:
    """The whole way to every value that may be told, a heading a layer, in the words of `explain`."""
    found: dict[str, LayerDerivation] = {}
    for cell in sheet.cells:
        way = cell.solution if sheet.style.shown(cell) and not sheet.style.hints else None
        if way is None or cell.state == "follow_through":
            continue
        own = found.setdefault(way.name, way)
        known = {step.key for step in own.steps}
        more = tuple(step for step in way.steps if step.key not in known)
        found[way.name] = own._replace(steps=own.steps + more)
    if found:
        yield f"## {_('Worked solutions')}"
    for way in found.values():
        yield f"### {_text(way.heading, look)}"
        for part in worked.parts(way, look):
            yield items(part.lines, lambda text: _text(text, look))


def _text(text: str, look: Look) -> str:
    """A sentence that may quote a student, as text and never as markup."""
    line = escape(clean(text))
    return ascii_only(line) if look.ascii else line
