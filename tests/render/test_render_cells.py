"""A number's text: what stands in a cell, in every kind and unit, and how wide it is on a terminal."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from shapecalc.render import cells, safe, width
from shapecalc.report.grid import Column, Grid


class Symbol:
    """A symbolic size, of which a renderer knows only its text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


@pytest.mark.parametrize(
    ("value", "kind", "units", "text"),
    [
        (1376256, "count", "exact", "1,376,256"),
        (10**18, "count", "exact", "1,000,000,000,000,000,000"),
        (0, "count", "exact", "0"),
        (None, "count", "exact", "unknown"),
        (None, "bytes", "exact", "unknown"),
        (None, "text", "exact", ""),
        (None, "shape", "exact", "–"),
        (None, "ratio", "exact", "–"),
        (12.5, "count", "exact", "12.5"),
        (13.0, "count", "exact", "13"),
        (True, "text", "exact", "yes"),
        (False, "count", "exact", "no"),
        (7, "text", "exact", "7"),
        (1234567, "text", "exact", "1234567"),
        ("62.4M", "count", "exact", "62.4M"),
        (Symbol("4*H*W + 2"), "count", "exact", "4·H·W + 2"),
        ((28, 28, 6), "shape", "exact", "28×28×6"),
        ([28, 28, 6], "text", "exact", "28×28×6"),
        ((120,), "shape", "exact", "120"),
        (("H", "W", 3), "shape", "exact", "H×W×3"),
        ((Symbol("(H - 1) // 2 + 1"), Symbol("W"), 64), "shape", "exact", "((H - 1) // 2 + 1)×W×64"),
        ((Symbol("4*d"),), "shape", "exact", "(4·d)"),
        ((None, 10), "shape", "exact", "?×10"),
        (1376256, "count", "si", "1.38M"),
        (61706, "count", "si", "61.7k"),
        (999, "count", "si", "999"),
        (1000, "count", "si", "1.00k"),
        (9994, "count", "si", "9.99k"),
        (9996, "count", "si", "10.0k"),
        (99950, "count", "si", "100k"),
        (999499, "count", "si", "999k"),
        (999500, "count", "si", "1.00M"),
        (138357544, "count", "si", "138M"),
        (15470264320, "count", "si", "15.5G"),
        (10**18, "count", "si", "1.00E"),
        (10**22, "count", "si", "10,000E"),
        (-1376256, "count", "si", "-1.38M"),
        (61706, "count", "zh", "6.17万"),
        (9999, "count", "zh", "9999"),
        (12345678, "count", "zh", "1,235万"),
        (138357544, "count", "zh", "1.38亿"),
        (99996000, "count", "zh", "1.00亿"),
        (15470264320, "count", "zh", "155亿"),
        (10**12, "count", "zh", "1.00万亿"),
        (246824, "bytes", "exact", "246,824"),
        (246824, "bytes", "si", "241 KiB"),
        (1000, "bytes", "si", "1000 B"),
        (1024, "bytes", "zh", "1.00 KiB"),
        (1048064, "bytes", "si", "1.00 MiB"),
        (553430176, "bytes", "si", "528 MiB"),
        (0.103, "ratio", "exact", "0.103×"),
        (1.0, "ratio", "exact", "1.00×"),
        (12.345, "ratio", "exact", "12.3×"),
        (1234.5, "ratio", "exact", "1,234×"),
        (0.000412, "ratio", "exact", "0.000412×"),
        (0, "ratio", "exact", "0.000×"),
        (0.743, "share", "exact", "74.3%"),
        (0.0, "share", "exact", "0.0%"),
        (0.00001, "share", "exact", "<0.1%"),
        (1, "share", "exact", "100.0%"),
        (5234, "delta", "exact", "+5,234"),
        (-12, "delta", "exact", "-12"),
        (0, "delta", "exact", "0"),
        (5234000, "delta", "si", "+5.23M"),
        (0.0014, "seconds", "exact", "0.001 s"),
    ],
)
def test_cell(value: Any, kind: str, units: str, text: str) -> None:
    assert cells.cell(value, kind, units) == text


def test_the_columns_fast_way_says_the_same() -> None:
    from shapecalc.render.look import Look
    from shapecalc.render.sheet import sheet

    values = [0, 1376256, None, True, 12.5, 0.743, "a", (1, 2), ("H", 3), Symbol("2*H")]
    for kind in ("text", "count", "delta", "bytes", "ratio", "share", "shape", "formula"):
        for units in ("exact", "si", "zh"):
            grid = Grid("", (Column("x", "x", kind),), tuple((v,) for v in values))
            (lane,) = sheet(grid, Look(units)).lanes
            assert lane.cells == [cells.cell(v, kind, units) for v in values]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("conv1", 5),
        ("28×28×6", 7),
        ("卷积层1", 7),
        ("e\u0301", 1),
        ("🙂", 2),
        ("ｆｃ", 4),
        ("⌊N/2⌋ − 1", 9),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width.width(text) == cells


def test_the_narrow_ranges_hold_nothing_wide_and_nothing_without_width() -> None:
    for code in [*range(0x20, 0x7F), *range(0xA0, 0x2600)]:  # control characters are cleaned away before
        sign = chr(code)
        if width._is_narrow(sign):
            assert unicodedata.east_asian_width(sign) not in "WF", sign
            assert unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp"), hex(code)


def test_a_column_is_padded_by_cells() -> None:
    assert width.column(["卷积", "fc"]) == (4, ["卷积", "fc  "])
    assert width.column(["卷积e\u0301", "12345"], right=True) == (5, ["卷积e\u0301", "12345"])
    assert width.column([]) == (0, [])


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain 卷积", "plain 卷积"),
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x\x1b]8;;http://a\x1b\\y", "xy"),
        ("\x9b31mred", "red"),
        ("a\x1b", "a"),
        ("a\x1b[", "a"),
        ("a\tb\nc\r\nd", "a b c  d"),
        ("\u202egnp.exe", "gnp.exe"),
        ("bell\x07\x00\x7f", "bell"),
        ("caf\udce9", "caf\ufffd"),
        ("no\xa0break", "no\xa0break"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert safe.clean(text) == cleaned


def test_visible_keeps_one_mark_for_each_control_character() -> None:
    assert safe.visible("\ta\x1b[31mb\x07") == "    a\ufffd[31mb\ufffd"


def test_ascii_only_keeps_letters() -> None:
    assert safe.ascii_only("⌊(N − F) / S⌋ + 1 ≥ 28×28 … 卷积") == "floor((N - F) / S) + 1 >= 28x28 ... 卷积"
