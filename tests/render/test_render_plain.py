"""The plain table as fixed-width text, and its arithmetic."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest

from shapecalc.render import FORMATS, render
from shapecalc.report.grid import Column, Grid

LENET = """\
LeNet-5

layer        type     output    params  of params     MACs
──────────────────────────────────────────────────────────
input                 32×32×1
conv1        conv     28×28×6      156       0.3%  117,600
avgpool1     avgpool  14×14×6        0       0.0%        0
conv2        conv     10×10×16   2,416       3.9%  240,000
avgpool2     avgpool  5×5×16         0       0.0%        0
fc1.flatten  flatten  400            0       0.0%        0
fc1          fc       120       48,120      78.0%   48,000
fc2          fc       84        10,164      16.5%   10,080
fc3          fc       10           850       1.4%      840
──────────────────────────────────────────────────────────
total                           61,706             416,520

MACs: multiply-accumulates of one forward pass; flops = 2 × MACs.
"""


def test_lenet(lenet: Any) -> None:
    assert render([lenet], "plain") == LENET


def test_ascii(lenet: Any) -> None:
    text = render([lenet], "plain", ascii=True)
    assert text == LENET.replace("×", "x").replace("─", "-")
    assert text.isascii()


@pytest.mark.parametrize("heading", ["params", "MACs"])
def test_the_printed_column_adds_up_to_the_printed_total(lenet: Any, heading: str) -> None:
    lines = render([lenet], "plain").splitlines()
    head = next(line for line in lines if heading in line)
    end = head.index(heading) + len(heading)
    numbers = [line[:end].rsplit(" ", 1)[-1].replace(",", "") for line in lines[4:]]
    *rows, total = [int(number) for number in numbers if number.isdigit()]
    assert sum(rows) == total


def test_units(lenet: Any) -> None:
    assert render([lenet], "plain", units="si").splitlines()[-3].split() == ["total", "61.7k", "417k"]
    assert render([lenet], "plain", units="zh").splitlines()[-3].split() == ["total", "6.17万", "41.7万"]


def test_several_documents_stand_one_after_another(lenet: Any, empty: Any) -> None:
    assert render([lenet, empty], "plain") == LENET + "\n" + render([empty], "plain")


def test_an_empty_grid_is_a_heading(empty: Any) -> None:
    assert render([empty], "plain") == "nothing\n\nlayer  type  params\n───────────────────\n"


def test_no_columns_and_no_title(make: Any) -> None:
    assert render([make("x", Grid("", (), ((), ())))], "plain") == "\n"
    assert render([make("x", Grid("x", (), (), None, ("a note",)))], "plain") == "x\n\na note\n"


def test_chinese_names_keep_the_columns_straight(make: Any) -> None:
    columns = (Column("name", "层"), Column("macs", "乘加次数", "count"), Column("note", "note"))
    rows = (("卷积一", 117600, "a"), ("fc", 840, "b"), ("e\u0301🙂", 10, "c"))
    table = """\
层      乘加次数  note
──────────────────────
卷积一   117,600  a
fc           840  b
e\u0301🙂           10  c
"""
    assert render([make("x", Grid("", columns, rows))], "plain") == table


def test_an_unknown_is_said_and_its_total_too(make: Any) -> None:
    columns = (Column("name", "layer"), Column("macs", "MACs", "count"), Column("shape", "output", "shape"))
    text = render([make("x", Grid("", columns, (("odd", None, None),), ("total", None, None)))], "plain")
    assert text.splitlines() == [
        "layer     MACs  output",
        "──────────────────────",
        "odd    unknown  –",
        "──────────────────────",
        "total  unknown",
    ]


def test_hostile_text_stays_text_on_one_line(hostile: Any) -> None:
    text = render([hostile], "plain")
    lines = text.splitlines()
    assert lines[0] == "[b]<i>x" and lines[-1] == "[dim]note[/dim] <b>"
    assert "[red]x[/red] :smile:" in text and "a|b `c` *d* <script>" in text
    assert "very_long_name_" * 8 in text
    assert not any(sign in text for sign in "\x1b\x07\t\u202e")
    assert len(lines) == 4 + len(hostile.table.rows) + 2
    assert text.count("1,000,000,000,000,000,00") == 10


@pytest.mark.parametrize("format", FORMATS)
def test_every_text_ends_with_one_line_break(lenet: Any, format: str) -> None:
    text = render([lenet], format, color="never")
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no format 'xml'; there are table, plain"):
        render([], "xml")


def test_only_the_format_asked_for_is_imported() -> None:
    program = (
        "import sys; from shapecalc.render import render; render([], 'plain');"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('rich', 'click', 'json', 'csv', 'numpy')),"
        "sorted(m for m in sys.modules if m.startswith('shapecalc.render.')))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    names = ("cells", "look", "plain", "safe", "sheet", "width")
    assert shown == f"[] {[f'shapecalc.render.{name}' for name in names]}\n"


def test_ten_thousand_rows_are_not_waited_for(make: Any) -> None:
    columns = (Column("name", "layer"), Column("shape", "output", "shape"), Column("macs", "MACs", "count"))
    rows = tuple((f"stage.block{i}.conv", (224 - i % 200, 224, i), i * 577) for i in range(10_000))
    document = make("x", Grid("x", columns, rows))
    start = time.perf_counter()
    text = render([document], "plain")
    assert time.perf_counter() - start < 1  # 0.03 s on the machine this was written on
    assert text.count("\n") == 10_004
