"""A derivation for a pipe or a file: a line a number, with the formula, the numbers put in and the value.

Pitfall: nothing is cut or wrapped here; only a terminal has a width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..report.derivation import Derivation, LayerDerivation
from ..text import _
from .look import Look
from .safe import ascii_only, clean
from .width import pad, widest
from .worked import Line, legend, parts, terms

Styled = tuple[str, str, int]
"""A style, a text, and how far its continuation is set in."""


def render(documents: Sequence[Derivation], look: Look) -> str:
    """The documents one after another, a blank line between."""
    pages = ("\n".join(text for _style, text, _indent in lines(d, look)) for d in documents)
    return "\n\n".join(pages) + "\n"


def lines(derivation: Derivation, look: Look, room: int | None = None) -> Iterator[Styled]:
    """All lines with their styles; within `room` cells a chain is broken before its equals signs."""
    for style, text, indent in _lines(derivation, look, room):
        safe = clean(text)
        yield style, (ascii_only(safe) if look.ascii else safe).rstrip(), indent


def _lines(derivation: Derivation, look: Look, room: int | None) -> Iterator[Styled]:
    yield "title", derivation.title or derivation.name, 0
    for heading, meanings in legend(derivation):
        yield "", "", 0
        yield "dim", heading, 0
        column = widest([letter for letter, _meaning in meanings])
        for letter, meaning in meanings:
            yield "dim", f"  {pad(letter, column)}  {meaning}", column + 4
    before: object = None
    for item in derivation.shown:
        if isinstance(item, LayerDerivation) or isinstance(before, LayerDerivation):
            yield "", "", 0
        if isinstance(item, LayerDerivation):
            yield from _layer(item, look, room)
        else:
            yield "same", item.sentence(), 2
        before = item
    if derivation.totals:
        yield "", "", 0
        yield "heading", _("total"), 0
        found = [Line(total.label, terms(total, look)) for total in derivation.totals]
        yield from _set(found, room, 2)
    yield "", "", 0
    for note in derivation.notes:
        yield "dim", note, 0


def _layer(layer: LayerDerivation, look: Look, room: int | None) -> Iterator[Styled]:
    yield "heading", layer.heading, 2
    if layer.about:
        yield "dim", layer.about, 0
    for part in parts(layer, look):
        yield "", "", 0
        yield "section", f"  {part.heading}", 2
        yield from _set(part.lines, room, 4)
        if part.remark:
            yield "note", f"    {part.remark}", 4


def _set(found: Sequence[Line], room: int | None, indent: int) -> Iterator[Styled]:
    """Lines with their names in one column."""
    column = widest([line.label for line in found])
    left = " " * (indent + column + 2)
    for line in found:
        name = " " * indent + pad(line.label, column) + "  "
        whole = name + " = ".join(line.chain)
        if room is None or widest([whole]) <= room:
            yield "step", whole, len(left)
        else:
            *broken, last = _packed(line.chain, room - len(left))
            for i, text in enumerate([*broken, last]):
                style = "step" if text is last else "chain"
                yield style, (left if i else name) + text, len(left) + 2
        if line.note:
            yield "note", left + line.note, len(left)


def _packed(chain: Sequence[str], room: int) -> list[str]:
    """A chain as lines that begin with their equals sign, as much on each as fits."""
    first, *rest = chain
    found = [first]
    for text in rest:
        if widest([f"{found[-1]} = {text}"]) <= room:
            found[-1] += f" = {text}"
        else:
            found.append(f"= {text}")
    return found
