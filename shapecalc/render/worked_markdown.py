"""A derivation for a README, an issue or a chat: a heading a layer, an item a number.

Pitfall: `*` and `_` in a name or a formula would be read as markup, so all text is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..report.derivation import Derivation, LayerDerivation
from ..text import _, labelled
from .look import Look
from .markdown import escape
from .safe import ascii_only, clean
from .worked import Line, legend, parts, terms


def render(documents: Sequence[Derivation], look: Look) -> str:
    """The documents one after another, a blank line between."""
    return "\n".join("\n\n".join(_blocks(document, look)) + "\n" for document in documents)


def _blocks(derivation: Derivation, look: Look) -> Iterator[str]:
    def safe(text: str) -> str:
        return escape(ascii_only(clean(text)) if look.ascii else clean(text))

    yield f"## {safe(derivation.title or derivation.name)}"
    for heading, meanings in legend(derivation):
        yield f"{safe(heading)}:"
        yield "\n".join("- " + labelled(safe(letter), safe(meaning)) for letter, meaning in meanings)
    for item in derivation.shown:
        if not isinstance(item, LayerDerivation):
            yield safe(item.sentence())
            continue
        yield f"### {safe(item.heading)}"
        if item.about:
            yield safe(item.about)
        for part in parts(item, look):
            yield f"**{safe(part.heading)}**"
            if part.lines:
                yield items(part.lines, safe)
            if part.remark:
                yield safe(part.remark)
    if derivation.totals:
        yield f"### {safe(_('total'))}"
        yield items([Line(total.label, terms(total, look)) for total in derivation.totals], safe)
    yield from (safe(note) for note in derivation.notes)


def items(lines: Sequence[Line], safe: Callable[[str], str]) -> str:
    """An item a number, with what to watch on a line of its own; `safe` makes text of what might be markup."""
    return "\n".join(
        "- "
        + labelled(safe(line.label), " = ".join([*map(safe, line.chain[:-1]), f"**{safe(line.chain[-1])}**"]))
        + (f"  \n  {safe(line.note)}" if line.note else "")
        for line in lines
    )
