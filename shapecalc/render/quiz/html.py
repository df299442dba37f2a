"""A worksheet as a page that is filled in on the screen, saved as CSV to hand in, or printed and filled in by hand.

Pitfall: whoever fills it in can read its source, so no right answer is in it; marking is left to the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ...report.quiz import Blank, Quiz, written
from ...text import _
from ..cells import cell as text_of
from ..safe import clean

_STYLE = """\
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem }
h1 { font-size: 1.4rem; margin-bottom: .5rem }
.head { display: flex; justify-content: space-between; gap: 2rem; margin: 1rem 0 }
ul { font-size: .9rem; padding-left: 1.2rem }
div.wide { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1.5rem 0 }
th, td { padding: .35rem .8rem; text-align: left; white-space: nowrap }
th.n, td.n { text-align: right }
thead { border-bottom: 2px solid }
tbody tr { border-bottom: 1px solid #8884 }
input, select { font: inherit; width: 9rem; border: 0; border-bottom: 2px solid #48c; background: #48c2; padding: .15rem .3rem }
input.name { width: 16rem }
button { font: inherit; padding: .4rem 1.2rem; border: 1px solid; border-radius: .4rem; cursor: pointer }
ol.q li { margin: .6rem 0 }
ol.q label { margin-right: 1.5rem; white-space: nowrap }
ol.q input { width: auto }
@media print { button { display: none } input { background: none; border-color: #000 } body { margin: 0 } }"""
_SCRIPT = """\
function save(form) {
  const quote = text => /[",\\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  const rows = [...form.querySelectorAll("tr")].map(row => [...row.children].map(cell => {
    const field = cell.querySelector("input, select"), group = cell.dataset.q;
    const picked = group && form.querySelector(`input[name="${group}"]:checked`);
    return quote(field ? field.value : group ? (picked ? picked.value : "") : (cell.dataset.v ?? cell.textContent));
  }).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\\ufeff" + rows.join("\\n") + "\\n"], { type: "text/csv" }));
  link.download = (form.elements.student.value.trim().replace(/[^\\p{L}\\p{N}._-]+/gu, "_") || "answers") + ".csv";
  link.click();
  return false;
}"""


def render(quizzes: Sequence[Quiz]) -> str:
    """One page for all sheets."""
    title = ", ".join(dict.fromkeys(_text(quiz.name) for quiz in quizzes))
    head = [
        "<!doctype html>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
    ]
    head += [f"<title>{title}</title>", f"<style>\n{_STYLE}\n</style>"]
    scripts = [f"<script>\n{_SCRIPT}\n</script>"] if any(not quiz.filled for quiz in quizzes) else []
    return "\n".join([*head, *("\n".join(_form(quiz)) for quiz in quizzes), *scripts, ""])


def _form(quiz: Quiz) -> Iterator[str]:
    """One sheet; a filled one has nothing to fill in."""
    yield '<form autocomplete="off" onsubmit="return save(this)">'
    yield f"<h1>{_text(quiz.heading)}</h1>"
    if not quiz.filled:
        name = f'<input class="name" name="student" value="{_text(quiz.student)}">'
        yield f'<div class="head"><label>{_text(_("Name"))}: {name}</label><span>____ / {quiz.marks}</span></div>'
    yield "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in quiz.conventions) + "</ul>"
    yield '<div class="wide"><table>'
    columns = quiz.grid().columns
    heads = (f'<th data-v="{c.key}"{_side(c.kind)}>{_text(_(c.label))}</th>' for c in columns)
    yield f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>"
    for line in quiz.lines:
        kinds = [column.kind for column in columns[2:]]
        cells = "".join(_cell(quiz, cell, kind) for cell, kind in zip(line.cells, kinds))
        yield f"<tr><td>{_text(line.name)}</td><td>{_text(line.operation)}</td>{cells}</tr>"
    yield "</tbody></table></div>"
    yield from _below(quiz)
    yield "</form>"


def _cell(quiz: Quiz, cell: object, kind: str) -> str:
    side = _side(kind)
    if isinstance(cell, Blank) and not quiz.filled:
        if cell.choices:
            return f'<td{side} data-q="{_group(quiz, cell)}">({cell.number})</td>'
        return f'<td{side}><input aria-label="{_text(cell.question)}"></td>'
    shown = quiz.shown(cell)
    return (
        f'<td{side} data-v="{"" if cell is None else _text(_raw(shown))}">{_text(text_of(shown, kind))}</td>'
    )


def _below(quiz: Quiz) -> Iterator[str]:
    if quiz.filled:
        steps = "".join(f"<li>{_text(line)}</li>" for line in quiz.sentences())
        yield f"<ul>{steps}</ul>" if steps else ""
        return
    if quiz.chosen:
        yield '<ol class="q">'
        for blank in quiz.blanks:
            group = _group(quiz, blank)
            choices = "".join(
                f'<label><input type="radio" name="{group}" value="{_text(_raw(c.value))}"> '
                f"{c.letter}) {_text(written(c.value))}</label>"
                for c in blank.choices
            )
            yield f'<li value="{blank.number}">{_text(blank.question)}<br>{choices}</li>'
        yield "</ol>"
    yield f"<button>{_text(_('Save as CSV, to hand in'))}</button>"


def _group(quiz: Quiz, blank: Blank) -> str:
    return f"q{blank.number}"


def _raw(value: object) -> str:
    return "x".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _side(kind: str) -> str:
    return "" if kind in ("text", "shape") else ' class="n"'


def _text(text: str) -> str:
    return escape(clean(text))
