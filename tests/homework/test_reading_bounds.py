"""Hostile hand-ins are cut or refused before they are parsed: what is counted here is work, and no time."""

import re

import pytest

from shapecalc.homework.sheets import read_sheets
from shapecalc.homework.sheets.formats import html, printed
from shapecalc.homework.sheets.sheet import MAX_ROWS, merged
from shapecalc.homework.sheets.table import MAX_LINES
from shapecalc.homework.spelling.refused import Refused

HEAD = "layer,output_shape,params\n"


@pytest.mark.parametrize("bit", ["<!--", '<table a="', "<td title='", "<", "</", "<!["])
def test_a_page_has_no_more_tokens_than_signs(bit):
    for n in (100, 20_000):
        assert sum(1 for _token in html.tokens(bit * n)) <= 2 * n + 1


def test_a_tag_is_looked_for_once(monkeypatch):
    """Each attempt ends at the next sign, so the letters looked at are those of the page, a few times over."""
    pattern = re.compile(html._TAG._text)
    assert pattern.match('<table a="' * 1000) is None
    assert [m[0] for m in pattern.finditer('<b a="x>y"><i>')] == ['<b a="x>y">', "<i>"]


def test_a_comment_that_never_ends_ends_the_page():
    page = "<table><tr><td>layer<td>params<tr><td>CONV1<td>456</table><!-- <table><tr><td>layer<td>macs"
    (sheet,) = read_sheets(page.encode(), "a.html", "utf-8")
    assert [dict(row.cells) for row in sheet.rows] == [{"params": "456"}]


def test_rows_are_capped_and_that_is_said():
    (sheet,) = read_sheets((HEAD + "CONV1,28x28x6,456\n" * (MAX_LINES + 5)).encode(), "a.csv", "utf-8")
    assert len(sheet.rows) == MAX_ROWS
    assert sheet.problems == (
        "it has more than 5,000 rows; what comes after them was left out",
        "it has more than 100,000 lines; the others were left out",
    )


def test_what_is_said_is_a_short_list():
    text = "{" + ",".join(f'"C{n}": 1, "C{n}": 2' for n in range(3_000)) + "}"
    (sheet,) = merged(read_sheets(text.encode(), "a.json", "utf-8"))
    assert len(sheet.problems) <= 22 and sheet.problems[20] == "… and 2,980 more like these"


def test_a_text_of_heads_is_tried_a_few_times(monkeypatch):
    calls = []
    real = printed._body
    monkeypatch.setattr(printed, "_body", lambda *a: calls.append(1) or real(*a))
    with pytest.raises(Refused):
        read_sheets(b"layer  output  params\n" * 5_000, "a.txt", "utf-8")
    assert len(calls) <= 2 * printed.MAX_TABLES


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refused, match="larger than 32 MB"):
        read_sheets(b" " * (32 * 2**20 + 1), "a.csv", "utf-8")
