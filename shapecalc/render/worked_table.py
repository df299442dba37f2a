"""A derivation on a terminal: in colour, sentences folded, and chains broken before their equals signs.

Pitfall: a number is never broken; a chain that is too long even so runs over the edge of the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ..report.derivation import Derivation
from .look import Look
from .terminal import console as console_for
from .worked_plain import lines

STYLES = {
    "title": "bold",
    "heading": "bold cyan",
    "section": "bold",
    "note": "italic dim",
    "dim": "dim",
    "same": "",
}
FOLDED = ("title", "note", "dim", "same", "heading")
NARROWEST = 24


def render(documents: Sequence[Derivation], look: Look) -> str:
    """The documents one after another, a blank line between."""
    console = console_for(look)
    with console.capture() as capture:
        for i, document in enumerate(documents):
            if i:
                console.print()
            for style, text, indent in lines(document, look, console.width):
                for piece in _pieces(style, text, indent, console):
                    console.print(piece, soft_wrap=True)
    return capture.get()


def _pieces(style: str, text: str, indent: int, console: Console) -> list[Text]:
    """A line, folded where it is a sentence; a step has its value in bold."""
    if style in FOLDED and text:
        left = text[: len(text) - len(text.lstrip())]
        room = max(NARROWEST, console.width - max(len(left), indent))
        wrapped = Text(text.lstrip()).wrap(console, room, overflow="fold")
        margins = [left] + [" " * indent] * (len(wrapped) - 1)
        return [Text(f"{m}{line.plain.rstrip()}", STYLES[style]) for m, line in zip(margins, wrapped)]
    line = Text(text, STYLES.get(style, ""))
    if style == "step" and text:
        line.stylize(
            "bold", max(text.rfind(" = ") + 3, text.rfind("  ") + 2, len(text) - len(text.lstrip("= ")))
        )
    return [line]
