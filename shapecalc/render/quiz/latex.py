"""An exam sheet: a document that compiles as it is, with a rule for every answer, over as many pages as it needs.

Pitfall: Chinese letters need XeLaTeX or LuaLaTeX, and then ctex is asked for; everything else compiles with pdfLaTeX too,
a letter that it has no font for as its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...report.quiz import Quiz, written
from ...text import _
from ..latex import escape
from ..look import Look
from ..safe import clean
from ..sheet import sheet

_RULE = r"\underline{\hspace{5em}}"
_KNOWN = "‘’“”–—…•†‡€™"
"""What pdfLaTeX has beyond Latin letters."""
_GREEK = str.maketrans({"γ": r"$\gamma$", "β": r"$\beta$", "←": r"$\leftarrow$"})


def render(quizzes: Sequence[Quiz]) -> str:
    """One document, a page for each sheet."""
    body = "\n\\newpage\n".join("\n".join(_page(quiz)) for quiz in quizzes)
    chinese = any(map(_chinese, body))
    head = [
        r"% compile twice: the first run only measures the table",
        r"\documentclass[11pt]{article}",
        r"\usepackage[margin=2cm]{geometry}",
        r"\usepackage{booktabs,longtable,enumitem}",
        *([r"\usepackage{ctex} % compile with XeLaTeX or LuaLaTeX"] if chinese else []),
        *_fonts(body),
        r"\setlength{\parindent}{0pt}",
        r"\renewcommand{\arraystretch}{1.4}",
        r"\begin{document}",
    ]
    return "\n".join([*head, body, r"\end{document}", ""])


def _chinese(letter: str) -> bool:
    return "\u2e80" <= letter <= "\uffef" or letter >= "\U00020000"


def _fonts(body: str) -> Iterator[str]:
    """For pdfLaTeX: accents of all Latin letters, and the number of a letter that it knows nothing of."""
    latin = any("\u0100" <= c <= "\u024f" for c in body)
    odd = sorted({c for c in body if c > "\u024f" and not _chinese(c) and c not in _KNOWN})
    if latin or odd:
        yield r"\ifdefined\DeclareUnicodeCharacter"
        yield from [r"\usepackage[T1]{fontenc}"] if latin else []
        yield from (rf"\DeclareUnicodeCharacter{{{ord(c):04X}}}{{[U+{ord(c):04X}]}}" for c in odd)
        yield r"\fi"


def _page(quiz: Quiz) -> Iterator[str]:
    """One sheet."""
    yield rf"\section*{{{_text(quiz.heading)}}}"
    if not quiz.filled:
        name = _text(quiz.student) if quiz.student else r"\underline{\hspace{14em}}"
        yield rf"{_text(_('Name'))}: {name}\hfill \underline{{\hspace{{3em}}}} / {quiz.marks}"
        yield r"\bigskip"
    yield r"\begin{itemize}[nosep]"
    yield from (rf"\item {_text(line)}" for line in quiz.conventions)
    yield r"\end{itemize}"
    yield from _table(quiz)
    if quiz.chosen and not quiz.filled:
        yield from _questions(quiz)
    elif quiz.filled:
        steps = list(quiz.sentences())
        if steps:
            yield r"\begin{itemize}[nosep]"
            yield from (rf"\item {_text(line)}" for line in steps)
            yield r"\end{itemize}"


def _table(quiz: Quiz) -> Iterator[str]:
    marks = {quiz.mark(blank) for blank in quiz.blanks} if not quiz.filled and not quiz.chosen else set[str]()
    page = sheet(quiz.grid(), Look())
    sides = "".join("r" if lane.numeric else "l" for lane in page.lanes)
    heading = " & ".join(_text(lane.heading) for lane in page.lanes) + r" \\"
    yield rf"\begin{{longtable}}{{@{{}}{sides}@{{}}}}"
    yield from (r"\toprule", heading, r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot")
    for cells in zip(*(lane.cells for lane in page.lanes)):
        yield " & ".join(_RULE if cell in marks else _text(cell) for cell in cells) + r" \\"
    yield r"\end{longtable}"


def _questions(quiz: Quiz) -> Iterator[str]:
    """Each blank with its choices on a line."""
    yield r"\begin{enumerate}"
    for blank in quiz.blanks:
        choices = r"\qquad ".join(rf"{c.letter})~{_text(written(c.value))}" for c in blank.choices)
        yield rf"\item[({blank.number})] {_text(blank.question)}\\{choices}"
    yield r"\end{enumerate}"


def _text(text: str) -> str:
    return escape(clean(text)).translate(_GREEK)
