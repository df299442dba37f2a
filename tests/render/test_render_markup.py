"""Markdown, LaTeX and HTML: the exact text for LeNet-5, and nothing from a file read as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from shapecalc.render import render
from shapecalc.report.grid import Column, Grid

MARKDOWN = """\
**LeNet-5**

| layer       | type    | output   |     params | of params |        MACs |
| ----------- | ------- | -------- | ---------: | --------: | ----------: |
| input       |         | 32×32×1  |            |           |             |
| conv1       | conv    | 28×28×6  |        156 |      0.3% |     117,600 |
| avgpool1    | avgpool | 14×14×6  |          0 |      0.0% |           0 |
| conv2       | conv    | 10×10×16 |      2,416 |      3.9% |     240,000 |
| avgpool2    | avgpool | 5×5×16   |          0 |      0.0% |           0 |
| fc1.flatten | flatten | 400      |          0 |      0.0% |           0 |
| fc1         | fc      | 120      |     48,120 |     78.0% |      48,000 |
| fc2         | fc      | 84       |     10,164 |     16.5% |      10,080 |
| fc3         | fc      | 10       |        850 |      1.4% |         840 |
| **total**   |         |          | **61,706** |           | **416,520** |

MACs: multiply-accumulates of one forward pass; flops = 2 × MACs.
"""
LATEX = r"""% \usepackage{booktabs}
\begin{table}[htbp]
\centering
\caption{LeNet-5}
\begin{tabular}{lllrrr}
\toprule
layer & type & output & params & of params & MACs \\
\midrule
input &  & 32$\times$32$\times$1 &  &  &  \\
conv1 & conv & 28$\times$28$\times$6 & 156 & 0.3\% & 117,600 \\
avgpool1 & avgpool & 14$\times$14$\times$6 & 0 & 0.0\% & 0 \\
conv2 & conv & 10$\times$10$\times$16 & 2,416 & 3.9\% & 240,000 \\
avgpool2 & avgpool & 5$\times$5$\times$16 & 0 & 0.0\% & 0 \\
fc1.flatten & flatten & 400 & 0 & 0.0\% & 0 \\
fc1 & fc & 120 & 48,120 & 78.0\% & 48,000 \\
fc2 & fc & 84 & 10,164 & 16.5\% & 10,080 \\
fc3 & fc & 10 & 850 & 1.4\% & 840 \\
\midrule
total &  &  & 61,706 &  & 416,520 \\
\bottomrule
\end{tabular}

\smallskip
\footnotesize
MACs: multiply-accumulates of one forward pass; flops = 2 $\times$ MACs.
\end{table}
"""


class Page(HTMLParser):
    """The texts of each cell, and every tag, as a browser would read them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[tuple[str, str | None, str]] = []
        self.reading = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.reading = tag in ("td", "th", "caption", "title", "p")
        if self.reading:
            self.cells.append((tag, dict(attrs).get("class"), ""))

    def handle_data(self, data: str) -> None:
        if self.reading and data.strip():
            tag, kind, text = self.cells[-1]
            self.cells[-1] = (tag, kind, text + data)


def test_markdown(lenet: Any) -> None:
    assert render([lenet], "markdown") == MARKDOWN
    assert render([lenet, lenet], "markdown") == f"{MARKDOWN}\n{MARKDOWN}"


def test_markdown_escapes(hostile: Any) -> None:
    text = render([hostile], "markdown")
    assert r"| \[red\]x\[/red\] :smile: " in text
    assert r"| a\|b \`c\` \*d\* &lt;script>alert(1)&lt;/script> &amp; \$x\$ \\end 100% \_e\_ #1 " in text
    assert "very_long_name_very" in text  # an underscore between letters means nothing in GitHub's reading
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}
    assert len(rows) == 2 + len(hostile.table.rows)


def test_a_markdown_note_is_a_paragraph(make: Any) -> None:
    notes = ("# no heading", "1. no list", "- no list", "> no quotation", "+5 and 3.5")
    text = render([make("x", Grid("", (Column("a", "a"),), (), None, notes))], "markdown")
    assert text.split("\n\n")[1:] == [
        "\\# no heading",
        "1\\. no list",
        "\\- no list",
        "\\> no quotation",
        "\\+5 and 3.5\n",
    ]


def test_latex(lenet: Any) -> None:
    assert render([lenet], "latex") == LATEX
    assert render([lenet], "latex", ascii=True) == LATEX


def test_latex_escapes(hostile: Any) -> None:
    text = render([hostile], "latex")
    assert r"\caption{{[}b]$<$i$>$x}" in text
    assert (
        r"a$|$b `c` {*}d{*} $<$script$>$alert(1)$<$/script$>$ \& \$x\$ \textbackslash{}end 100\% \_e\_ \#1 &"
        in text
    )
    assert "卷积层1" in text and "1000000000000000000$\\times$H" in text
    rows = [line for line in text.splitlines() if line.endswith(r" \\")]
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {2}


def test_latex_sets_a_formula_in_mathematics(make: Any) -> None:
    class Formula:
        def show(self, latex: bool = False) -> str:
            return r"\lfloor N / S \rfloor" if latex else "⌊N / S⌋"

        def __str__(self) -> str:
            return self.show()

    columns = (Column("formula", "formula", "formula"), Column("text", "substituted", "formula"))
    document = make("x", Grid("", columns, ((Formula(), "⌊5 / 2⌋ − 1 ~ a--b^c"),)))
    assert (
        r"$\lfloor N / S \rfloor$ & $\lfloor$5 / 2$\rfloor$ $-$ 1 \textasciitilde{} a-{}-b\textasciicircum{}c \\"
        in render([document], "latex")
    )
    assert "⌊N / S⌋  ⌊5 / 2⌋ − 1" in render([document], "plain")


def test_html(lenet: Any) -> None:
    text = render([lenet], "html")
    page = Page(text)
    assert text.startswith('<!doctype html>\n<meta charset="utf-8">\n<title>LeNet-5</title>\n')
    assert page.cells[:2] == [("title", None, "LeNet-5"), ("caption", None, "LeNet-5")]
    assert [c for c in page.cells if c[0] == "th"][-1] == ("th", "n", "MACs")
    assert page.cells[-7:-1] == [
        ("td", None, "total"),
        ("td", None, ""),
        ("td", None, ""),
        ("td", "n", "61,706"),
        ("td", "n", ""),
        ("td", "n", "416,520"),
    ]
    assert ("td", None, "28×28×6") in page.cells
    for part in ("thead", "tbody", "tfoot"):
        assert page.tags.count(part) == 1


def test_html_of_several_is_one_page(lenet: Any, hostile: Any) -> None:
    page = Page(render([lenet, hostile], "html"))
    assert page.tags.count("title") == page.tags.count("style") == 1 and page.tags.count("table") == 2
    assert page.cells[0][2] == "LeNet-5, [b]<i>x"


def test_html_escapes(hostile: Any) -> None:
    page = Page(render([hostile], "html"))
    assert not {"script", "i", "b"} & set(page.tags)
    texts = [text for _, _, text in page.cells]
    assert "a|b `c` *d* <script>alert(1)</script> & $x$ \\end 100% _e_ #1" in texts
    assert '=HYPERLINK("http://x","y")' in texts


def test_empty_grids(empty: Any) -> None:
    assert render([empty], "markdown") == (
        "**nothing**\n\n| layer | type | params |\n| ----- | ---- | -----: |\n"
    )
    assert "\\midrule\n\\bottomrule" in render([empty], "latex")
    assert "<tbody>\n</tbody>" in render([empty], "html")
