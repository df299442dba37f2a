"""A derivation as a page that can be opened or mailed: a section a layer, without scripts.

Pitfall: a name may hold `<script>`; everything from a file is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..report.derivation import Derivation, LayerDerivation
from ..text import _
from .look import Look
from .safe import ascii_only, clean
from .worked import Line, legend, parts, terms

_STYLE = """\
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.15rem; margin: 2rem 0 .3rem }
h3 { font-size: 1rem; margin: 1rem 0 .2rem; opacity: .75 }
dl { display: grid; gap: .15rem 1.2rem; grid-template-columns: max-content 1fr; margin: 0 0 0 1rem }
dd { font-variant-numeric: tabular-nums; margin: 0 }
dd small { display: block; opacity: .75 }
.letters { font-size: .85rem; opacity: .8 }"""


def render(documents: Sequence[Derivation], look: Look) -> str:
    """One page for all documents."""
    names = ", ".join(escape(clean(document.name)) for document in documents)
    head = f"<title>{names or 'shapecalc'}</title>\n<style>\n{_STYLE}\n</style>"
    body = [line for document in documents for line in _body(document, look)]
    return "\n".join(["<!doctype html>", '<meta charset="utf-8">', head, *body]) + "\n"


def _body(derivation: Derivation, look: Look) -> Iterator[str]:
    def safe(text: str) -> str:
        return escape(ascii_only(clean(text)) if look.ascii else clean(text))

    def listed(found: Sequence[Line]) -> Iterator[str]:
        yield "<dl>"
        for line in found:
            chain = " = ".join([*map(safe, line.chain[:-1]), f"<b>{safe(line.chain[-1])}</b>"])
            note = f"<small>{safe(line.note)}</small>" if line.note else ""
            yield f"<dt>{safe(line.label)}</dt><dd>{chain}{note}</dd>"
        yield "</dl>"

    yield f"<h1>{safe(derivation.title or derivation.name)}</h1>"
    for heading, meanings in legend(derivation):
        yield f"<h3>{safe(heading)}</h3>"
        yield f'<dl class="letters">{"".join(f"<dt>{safe(k)}</dt><dd>{safe(v)}</dd>" for k, v in meanings)}</dl>'
    for item in derivation.shown:
        if not isinstance(item, LayerDerivation):
            yield f"<p>{safe(item.sentence())}</p>"
            continue
        yield f"<h2>{safe(item.heading)}</h2>"
        if item.about:
            yield f"<p>{safe(item.about)}</p>"
        for part in parts(item, look):
            yield f"<h3>{safe(part.heading)}</h3>"
            if part.lines:
                yield from listed(part.lines)
            if part.remark:
                yield f"<p>{safe(part.remark)}</p>"
    if derivation.totals:
        yield f"<h2>{safe(_('total'))}</h2>"
        yield from listed([Line(total.label, terms(total, look)) for total in derivation.totals])
    yield from (f"<p><small>{safe(note)}</small></p>" for note in derivation.notes)
