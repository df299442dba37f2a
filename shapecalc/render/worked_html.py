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

_PAGE = """\
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }"""
_STYLE = """\
.worked h1 { font-size: 1.4em } .worked h2 { font-size: 1.15em; margin: 2em 0 .3em }
.worked h3 { font-size: 1em; margin: 1em 0 .2em; opacity: .75 }
.worked dl { display: grid; gap: .15em 1.2em; grid-template-columns: max-content 1fr; margin: 0 0 0 1em }
.worked dd { font-variant-numeric: tabular-nums; margin: 0 }
.worked dd small { display: block; opacity: .75 }
.worked .letters { font-size: .85em; opacity: .8 }"""


def render(documents: Sequence[Derivation], look: Look) -> str:
    """One page for all documents."""
    names = ", ".join(escape(clean(document.name)) for document in documents)
    head = f"<title>{names or 'shapecalc'}</title>\n<style>\n{_PAGE}\n</style>"
    body = "\n".join(fragment(document, look) for document in documents)
    return "\n".join(["<!doctype html>", '<meta charset="utf-8">', head, body]) + "\n"


def fragment(document: Derivation, look: Look) -> str:
    """One document to be put into a page, such as a notebook: it brings its own style and changes no other's."""
    lines = ['<div class="worked">', f"<style>\n{_STYLE}\n</style>", *_body(document, look), "</div>"]
    return "\n".join(lines)


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
