"""A table for a paper: booktabs rules, everything escaped, `×` in mathematics.

Pitfall: Chinese text is kept as it is and needs XeLaTeX or LuaLaTeX with ctex; the table itself needs `booktabs`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..report.grid import Document, Grid
from ..symbolic import Symbolic
from .look import Look
from .sheet import sheet

_MATH = {"×": r"\times", "·": r"\cdot", "−": "-", "≥": r"\ge", "≤": r"\le", "≠": r"\ne", "→": r"\to"}
_MATH |= {"⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "√": r"\surd", "±": r"\pm"}
_MATH |= {"✓": r"\surd", "✗": r"\mathbf{X}"}  # of no package
_MATH |= {sign: sign for sign in "<>|"}
_TEXT = {sign: f"\\{sign}" for sign in "{}$&#%_"} | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}"}
_TEXT |= {"~": r"\textasciitilde{}", '"': "''", "…": r"\dots{}"}
_TEXT |= {"[": "{[}", "*": "{*}"}  # at the start of a row, TeX would take them as arguments of the \\ before
_TABLE = str.maketrans(_TEXT | {sign: f"${name}$" for sign, name in _MATH.items()})


def render(documents: Sequence[Document], look: Look) -> str:
    """The documents one after another, a blank line between."""
    return "\n".join(block(document.grid(), look) for document in documents)


def block(grid: Grid, look: Look) -> str:
    """One grid as a `table` with its caption, and its notes in small print."""
    page = sheet(grid, look._replace(ascii=False), escape, _formula)
    sides = "".join("r" if lane.numeric else "l" for lane in page.lanes)
    lines = [r"% \usepackage{booktabs}", r"\begin{table}[htbp]", r"\centering"]
    lines += [rf"\caption{{{page.title}}}"] if page.title else []
    lines += [rf"\begin{{tabular}}{{{sides}}}", r"\toprule"]
    lines += [_row([lane.heading for lane in page.lanes]), r"\midrule"]
    lines += map(_row, zip(*(lane.cells for lane in page.lanes)))
    if page.total:
        lines += [r"\midrule", _row([lane.total for lane in page.lanes])]
    lines += [r"\bottomrule", r"\end{tabular}"]
    if page.notes:
        lines += [r"", r"\smallskip", r"\footnotesize", "\n\n".join(page.notes)]
    return "\n".join([*lines, r"\end{table}", ""])


def escape(text: str) -> str:
    """`text` so that TeX prints it."""
    return re.sub("-(?=-)", "-{}", text.translate(_TABLE)).replace("–", "--")  # no ligature in `a--b`


def _row(texts: Sequence[str]) -> str:
    return " & ".join(texts) + r" \\"


def _formula(value: Any) -> str:
    """A formula, a closed form, or a shape with closed forms in it, in mathematics."""
    if isinstance(value, Symbolic):
        return f"${value.latex}$"
    if isinstance(value, tuple):
        return "$" + r" \times ".join(map(_factor, value)) + "$"
    return f"${value.show(latex=True)}$"


def _factor(size: Any) -> str:
    if not isinstance(size, Symbolic):
        return str(size)
    return size.latex if str(size).isalnum() else rf"\left({size.latex}\right)"
