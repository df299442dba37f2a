"""The terminal's table: no digit lost at any width, bars where they fit, text never read as markup."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from shapecalc.render import render, wants_color
from shapecalc.render.look import Look
from shapecalc.render.width import width
from shapecalc.report.grid import Column, Grid

WIDE = """\
LeNet-5

layer        type     output    params       of params     MACs
───────────────────────────────────────────────────────────────
input                 32×32×1
conv1        conv     28×28×6      156            0.3%  117,600
avgpool1     avgpool  14×14×6        0            0.0%        0
conv2        conv     10×10×16   2,416  ▍         3.9%  240,000
avgpool2     avgpool  5×5×16         0            0.0%        0
fc1.flatten  flatten  400            0            0.0%        0
fc1          fc       120       48,120  ▇▇▇▇▇▇▇▇ 78.0%   48,000
fc2          fc       84        10,164  ▇▊       16.5%   10,080
fc3          fc       10           850  ▏         1.4%      840
───────────────────────────────────────────────────────────────
total                           61,706                  416,520

MACs: multiply-accumulates of one forward pass; flops = 2 × MACs.
"""
NARROW = """\
LeNet-5

layer        type     output    params
──────────────────────────────────────
input                 32×32×1
conv1        conv     28×28×6      156
avgpool1     avgpool  14×14×6        0
conv2        conv     10×10×16   2,416
avgpool2     avgpool  5×5×16         0
fc1.flatten  flatten  400            0
fc1          fc       120       48,120
fc2          fc       84        10,164
fc3          fc       10           850
──────────────────────────────────────
total                           61,706

layer        of params     MACs
───────────────────────────────
input
conv1             0.3%  117,600
avgpool1          0.0%        0
conv2             3.9%  240,000
avgpool2          0.0%        0
fc1.flatten       0.0%        0
fc1              78.0%   48,000
fc2              16.5%   10,080
fc3               1.4%      840
───────────────────────────────
total                   416,520

MACs: multiply-accumulates of one
forward pass; flops = 2 × MACs.
"""


@pytest.mark.parametrize("cells", [80, 200])
def test_wide(lenet: Any, cells: int) -> None:
    assert render([lenet], "table", width=cells, color="never") == WIDE


def test_narrow_stands_in_bands(lenet: Any) -> None:
    assert render([lenet], "table", width=40, color="never") == NARROW


def test_between_the_bars_go_first(lenet: Any) -> None:
    text = render([lenet], "table", width=60, color="never")
    plain = render([lenet], "plain")
    assert text == plain.replace(" × MACs.", " ×\nMACs.")  # the note is folded


@pytest.mark.parametrize("cells", [1, 10, 20, 30, 40, 60, 80, 120])
def test_no_digit_is_lost_at_any_width(lenet: Any, hostile: Any, cells: int) -> None:
    for document in (lenet, hostile):
        text = render([document], "table", width=cells, color="never")
        assert "…" not in text
        for row in document.table.rows:
            for value in row:
                if isinstance(value, int):
                    assert f"{value:,}" in text


def test_text_columns_fold_when_that_saves_a_band(make: Any) -> None:
    columns = (Column("name", "layer"), Column("note", "note"), Column("macs", "MACs", "count"))
    rows = (("conv1", "five by five windows over the whole picture", 117600),)
    assert render([make("x", Grid("", columns, rows))], "table", width=40, color="never") == (
        "layer  note                         MACs\n"
        "────────────────────────────────────────\n"
        "conv1  five by five windows      117,600\n"
        "       over the whole picture\n"
    )


def test_a_column_without_a_heading_stays_with_the_one_before(make: Any) -> None:
    columns = (Column("name", "name"), Column("params", "params", "count"), Column("ratio", "", "ratio"))
    columns += (Column("macs", "MACs", "count"), Column("ratio.macs", "", "ratio"))
    rows = (("vgg16", 138357544, 1.0, 15470264320, 1.0), ("resnet50", 25557032, 0.185, 3857973248, 0.249))
    assert (
        render([make("x", Grid("", columns, rows))], "table", width=36, color="never")
        == """\
name           params
─────────────────────────────
vgg16     138,357,544   1.00×
resnet50   25,557,032  0.185×

name                MACs
────────────────────────────────
vgg16     15,470,264,320   1.00×
resnet50   3,857,973,248  0.249×
"""
    )


def test_ascii(lenet: Any) -> None:
    text = render([lenet], "table", width=80, ascii=True, color="never")
    assert text.isascii()
    assert "######## 78.0%" in text


def test_text_is_never_markup(hostile: Any) -> None:
    text = render([hostile], "table", width=200, color="always")
    shown = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert "[red]x[/red] :smile:" in shown and "[b]<i>x" in shown and "[dim]note[/dim] <b>" in shown
    assert "\x1b[31mred" not in text and "\x07" not in text and "\u202e" not in text


def test_color_only_where_wanted(lenet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in render([lenet], "table", width=80, color="always")
    assert "\x1b[" not in render([lenet], "table", width=80, color="auto")  # pytest's stdout is no terminal
    plain = re.sub(r"\x1b\[[\d;]*m", "", render([lenet], "table", width=80, color="always"))
    assert "\n".join(map(str.rstrip, plain.splitlines())) + "\n" == WIDE


def test_wants_color(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    stream: Any = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert wants_color("auto", stream) and wants_color("always") and not wants_color("never", stream)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color("auto", stream) and wants_color("always", stream)


def test_a_very_long_table_is_not_waited_for(make: Any) -> None:
    rows = tuple((f"conv{i}", i) for i in range(2000))
    document = make("x", Grid("x", (Column("name", "layer"), Column("macs", "MACs", "count")), rows))
    start = time.perf_counter()
    text = render([document], "table", width=80, color="never")
    assert time.perf_counter() - start < 3  # 0.2 s on the machine this was written on
    assert text == render([document], "plain")


def test_empty_grids(make: Any, empty: Any) -> None:
    assert render([empty], "table", width=80, color="never") == render([empty], "plain")
    assert render([make("x", Grid("x", (), ()))], "table", width=80, color="never") == "x\n"


def test_chinese_columns_are_straight(make: Any) -> None:
    columns = (Column("name", "层"), Column("macs", "乘加次数", "count"))
    rows = (("卷积一", 117600), ("fc", 840))
    text = render([make("x", Grid("", columns, rows))], "table", width=80, color="never")
    assert {width(line) for line in text.splitlines()} == {16}


def test_the_look_is_a_plain_value() -> None:
    assert Look() == ("exact", False, None, False)
