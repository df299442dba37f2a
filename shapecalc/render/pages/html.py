"""A student's page to be opened, mailed or printed: one file, without scripts, for light and dark, wide and narrow.

Pitfall: colour is lost on paper and to many eyes, so every mark is a sign too, and the signs are explained below the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ...report.grades import LABELS, Cell, Sheet, number, quoted
from ...text import N_, _
from .. import worked
from ..look import Look
from ..safe import ascii_only, clean
from ..worked import Line
from ._solutions import solutions

_STYLE = """\
:root { color-scheme: light dark; --ok: #1a7f37; --bad: #c1121f; --part: #9a6700; --soft: #8882; --line: #8886 }
@media (prefers-color-scheme: dark) { :root { --ok: #56d364; --bad: #ff8a80; --part: #e3b341 } }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; margin: 0 auto; max-width: 52rem; overflow-wrap: anywhere;
  padding: 1.5rem 1rem 3rem }
header { align-items: end; border-bottom: 2px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem 2rem;
  justify-content: space-between; padding-bottom: .75rem }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 }
header p { margin: .2rem 0 0 }
.score { font-size: 2rem; font-variant-numeric: tabular-nums; font-weight: 650; line-height: 1; white-space: nowrap }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
h3 { font-size: 1rem; margin: 1.25rem 0 .3rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin-top: 1.25rem; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left }
th { overflow-wrap: normal } td { min-width: 6em }
thead th { border-bottom: 2px solid var(--line) }
td b, .signs b { display: inline-block; font-weight: 650; min-width: 1.2em; text-align: center }
.right b { color: var(--ok) } .follows b { color: var(--ok) } .wrong b { color: var(--bad) } .part b { color: var(--part) }
td.wrong { background: #c1121f1c } td.part { background: #9a67001c }
.signs { font-size: .85rem; margin: .5rem 0 0; padding: 0 } .signs span { margin-right: 1.2em; white-space: nowrap }
ul.said { list-style: none; margin: 0; padding: 0 }
ul.said li { border-left: 3px solid var(--line); margin: .6rem 0; padding: .1rem 0 .1rem .8rem }
ul.said li.wrong { border-color: var(--bad) } ul.said strong { display: block }
dl { margin: 0 } dt { font-size: .85rem; margin-top: .5rem; opacity: .8 } dd { margin: 0; padding-left: 1rem }
dd small { display: block; opacity: .8 }
.small { font-size: .85rem; margin-top: 1.5rem; opacity: .8 }
@media print { :root { color-scheme: light; --ok: #1a7f37; --bad: #c1121f; --part: #9a6700 } body { font-size: 10.5pt; max-width: none; padding: 0 }
  .wide { overflow: visible } td { min-width: 0 } h2, h3, li, dt, tr, .score { break-inside: avoid } h2, h3, dt { break-after: avoid } @page { margin: 1.8cm } }"""
_GROUPS = {
    "correct": "right", "equivalent": "right", "rounded": "right", "follow_through": "follows", "special_case": "part",
    "wrong": "wrong", "blank": "none", "unreadable": "part",
}  # fmt: skip
_SIGNS = {
    "right": N_("right"),
    "follows": N_("a right step on an earlier value of yours"),
    "special_case": N_("part of the marks"),
    "wrong": N_("not right"),
    "repeated": N_("not right, and counted before"),
    "blank": N_("no answer"),
    "unreadable": N_("could not be read"),
}


def render(sheet: Sheet, notes: Sequence[str], look: Look) -> str:
    """The page of one sheet."""

    def safe(text: str) -> str:
        return escape(ascii_only(clean(text)) if look.ascii else clean(text))

    score = f"{number(sheet.score)} / {number(sheet.max_score)}"
    head = [
        "<!doctype html>",
        f'<html lang="{_("en")}">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{safe(sheet.name)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        f"<header><div><h1>{safe(sheet.key)}</h1><p>{safe(sheet.student)}</p></div>",
        f'<div class="score">{score}</div></header>',
    ]
    said = [_said(place, text, state, safe) for place, text, state in sheet.said()]
    below = [f"<h2>{safe(_('What to look at'))}</h2>", '<ul class="said">', *said, "</ul>"] if said else []
    small = [f'<p class="small">{safe(note)}</p>' for note in notes]
    return "\n".join([*head, *_table(sheet, safe), *below, *_solutions(sheet, look, safe), *small, ""])


def _table(sheet: Sheet, safe: worked.Safe) -> Iterator[str]:
    """Every answer with its sign, and below it what the signs mean."""
    quantities, rows = sheet.table()
    if not rows:
        return
    heads = "".join(f'<th scope="col">{safe(_(LABELS[q]))}</th>' for q in quantities)
    yield f'<div class="wide"><table>\n<thead><tr><th scope="col">{safe(_("layer"))}</th>{heads}</tr></thead>\n<tbody>'
    signs: dict[str, str] = {}
    for name, cells in rows.items():
        row = "".join(_cell(sheet, cells.get(quantity), signs, safe) for quantity in quantities)
        yield f'<tr><th scope="row">{safe(name)}</th>{row}</tr>'
    yield "</tbody></table></div>"
    yield f'<p class="signs">{"".join(signs[key] for key in _SIGNS if key in signs)}</p>'


def _cell(sheet: Sheet, cell: Cell | None, signs: dict[str, str], safe: worked.Safe) -> str:
    if cell is None:
        return "<td></td>"
    group, sign = _GROUPS[cell.state], safe(sheet.style.mark(cell))
    key = "repeated" if cell.repeated else cell.state if cell.state in _SIGNS else group
    signs[key] = f'<span class="{group}"><b>{sign}</b> {safe(_(_SIGNS[key]))}</span>'
    given = safe(quoted(cell.given)) if cell.state != "blank" else ""
    return (
        f'<td class="{group}">{given} <b>{sign}</b></td>'
        if given
        else f'<td class="{group}"><b>{sign}</b></td>'
    )


def _said(place: str, text: str, state: str, safe: worked.Safe) -> str:
    head = f"<strong>{safe(place)}</strong>" if place else ""
    return f'<li class="{_GROUPS.get(state, "none")}">{head}{safe(text)}</li>'


def _solutions(sheet: Sheet, look: Look, safe: worked.Safe) -> Iterator[str]:
    ways = solutions(sheet)
    if ways:
        yield f"<h2>{safe(_('Worked solutions'))}</h2>"
    for way in ways:
        yield f"<h3>{safe(way.heading)}</h3>"
        yield "<dl>"
        yield from (_step(line, safe) for part in worked.parts(way, look) for line in part.lines)
        yield "</dl>"


def _step(line: Line, safe: worked.Safe) -> str:
    chain = " = ".join([*map(safe, line.chain[:-1]), f"<b>{safe(line.chain[-1])}</b>"])
    note = f"<small>{safe(line.note)}</small>" if line.note else ""
    return f"<dt>{safe(line.label)}</dt><dd>{chain}{note}</dd>"
