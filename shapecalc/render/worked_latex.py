r"""A derivation for a paper or a sheet of solutions: every chain is mathematics, every sentence text.

Pitfall: `cases` needs `amsmath`; Chinese text needs XeLaTeX or LuaLaTeX with ctex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..report.derivation import Derivation, LayerDerivation
from ..text import _
from .latex import escape
from .look import Look
from .safe import clean
from .worked import legend, parts, terms

_COMMAS = re.compile(r"(?<=\d),(?=\d{3})")


def render(documents: Sequence[Derivation], look: Look) -> str:
    """The documents one after another, a blank line between."""
    return "\n".join("\n".join(_blocks(document, look)) + "\n" for document in documents)


def _blocks(derivation: Derivation, look: Look) -> Iterator[str]:
    def safe(text: str) -> str:
        return escape(clean(text))

    yield r"% \usepackage{amsmath}"
    yield rf"\section*{{{safe(derivation.title or derivation.name)}}}"
    for heading, meanings in legend(derivation):
        yield rf"\paragraph{{{safe(heading)}}}"
        yield r"\begin{description}"
        yield from (rf"\item[{_words(letter)}] {safe(meaning)}" for letter, meaning in meanings)
        yield r"\end{description}"
    for item in derivation.shown:
        if isinstance(item, LayerDerivation):
            yield from _layer(item, look)
        else:
            yield f"\n{safe(item.sentence())}"
    if derivation.totals:
        yield rf"\subsection*{{{safe(_('total'))}}}"
        yield r"\begin{description}"
        for total in derivation.totals:
            yield rf"\item[{safe(total.label)}] {' = '.join(map(safe, terms(total, look)))}"
        yield r"\end{description}"
    yield from (f"\n{safe(note)}" for note in derivation.notes)


def _layer(layer: LayerDerivation, look: Look) -> Iterator[str]:
    yield rf"\subsection*{{{escape(clean(layer.heading))}}}"
    if layer.about:
        yield escape(clean(layer.about))
    for part in parts(layer, look, latex=True):
        yield rf"\paragraph{{{escape(clean(part.heading))}}}"
        if part.lines:
            yield r"\begin{description}"
            for line in part.lines:
                first = [rf"\text{{{_words(line.chain[0])}}}"] if line.said else line.chain[:-1]
                chain = " = ".join([*first, _number(line.chain[-1])])
                note = rf"\\ {escape(clean(line.note))}" if line.note else ""
                yield rf"\item[{_words(line.label)}] ${chain}${note}"
            yield r"\end{description}"
        if part.remark:
            yield escape(clean(part.remark))


def _words(text: str) -> str:
    """Text with its letters in mathematics: `taps lost before L_b`, `N_H, M_W`, but not `A filter`."""
    parts = re.split(r"(?<![^\W_])([A-Za-z]_[A-Za-z0-9]+|[B-Z]|^[A-Za-z]$)(?![^\W_])", clean(text))
    return "".join(f"${_letter(part)}$" if i % 2 else escape(part) for i, part in enumerate(parts))


def _letter(text: str) -> str:
    """A letter as a formula sets it: `C_in` is C with a small, upright in."""
    head, _bar, tail = text.partition("_")
    return head if not tail else f"{head}_{{{tail}}}" if len(tail) == 1 else rf"{head}_{{\mathrm{{{tail}}}}}"


def _number(text: str) -> str:
    r"""A value in mathematics: the commas between thousands are no punctuation, and a unit is upright."""
    digits = _COMMAS.sub("{,}", text)
    return digits if re.fullmatch(r"[\d{},.−-]+", digits) else rf"\text{{{escape(text)}}}"
