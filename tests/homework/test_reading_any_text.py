"""Whatever is typed or handed in, reading ends, and with an answer in words; bounded inputs that once were slow are here."""

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shapecalc.homework.cells import MAX_LENGTH, read_cell
from shapecalc.homework.sheets import read_sheets
from shapecalc.homework.sheets.format import all_formats
from shapecalc.homework.sheets.sheet import merged
from shapecalc.homework.spelling.refused import Refused

KINDS = ["shape", "number", "bytes", "padding", "stride", "size", "receptive_field", "ratio", "yes_no"]
PIECES = [*"0123456789xX×*+-/^()[]{}<>,;:.@=≈~? \t\n'\"`\\$&%#_|²⌊⌋−，（）万亿千一二两kKMGBb", "10", "28", "None", "same", "params",
          "or", "\\times", "\\frac{", "<sup>", "**", "floor(", "torch.Size(", "each", "total", "每个", "约", "个", "参数", "MiB", "e5",
          "^{", "HWC", "H=", "by", "of", "maps", "so", "→"]  # fmt: skip
BITS = ["layer", "shape", "params", "student", "|", "---", "\n", ",", ";", "\t", "CONV1", "28x28x6", "456", "{", "}", "[", "]", '"', ":",
        " ", "<table>", "<tr>", "<td>", "<![", "<!", "is", "=", "- ", '"cells"', '"source"', "null", "1e999", "\r\n", "\0", "total",
        "CONV1.shape", "answer", "\\", "`", "</", "<?", "of", "#", "<td colspan=9999999>", "!!", "&a", "*a", "? "]  # fmt: skip
SUFFIXES = [suffix for format in all_formats() for suffix in format.suffixes]
QUIET = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)),
    st.sampled_from(KINDS),
    st.sampled_from(["HWC", "CHW", "NHWC", "NCHW"]),
)
def test_any_cell(text, kind, layout):
    reading = read_cell(text, kind, layout=layout)
    assert reading.text == text
    assert reading.state in ("read", "word", "blank", "unreadable", "wrong")
    assert bool(reading.reason) == (reading.state in ("unreadable", "wrong"))
    if reading.state == "read":
        assert isinstance(reading.value, tuple) == (kind == "shape" or isinstance(reading.value, tuple))
        assert reading.value is not None


@QUIET
@given(
    st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)),
    st.sampled_from(["shape", "number", "bytes", "padding", "stride", "size"]),
)
def test_what_is_read_is_read_again(text, kind):
    """A value, written plainly, is read as itself, so that no spelling means more than it says."""
    reading = read_cell(text, kind)
    if reading.state in ("read", "word"):
        again = read_cell(str(reading.value), kind)
        assert (again.state, again.value) == (reading.state, reading.value)
    assert all(isinstance(member, int) for member in reading.choices)
    if reading.choices:
        written = " or ".join(map(str, reading.choices))
        assert len(reading.choices) == 1 or read_cell(written, kind).choices == reading.choices


@QUIET
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(BITS), max_size=60).map(lambda bits: "".join(bits).encode()),
    ),
    st.sampled_from([*SUFFIXES, ".unheard"]),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_any_file(data, suffix, encoding):
    try:
        sheets = merged(read_sheets(data, "a" + suffix, encoding))
    except Refused as refused:
        assert refused.reason
        return
    for row in (row for sheet in sheets for row in sheet.rows):
        assert all(column and isinstance(text, str) for column, text in row.cells.items())


HOSTILE = ["(" * 499, "9" * 499, "1x" * 249, "2^" * 249 + "2", "1+" * 249 + "1", "[" * 200 + "]" * 200, "**a" * 160, "<a" * 240, "\\frac{" * 80,
           "{" * 499, "1 " * 249, "千" * 499, "H=1" * 160, "(1)" * 160, "1 (1 " * 99, "a:" * 240, "=1" * 240, "1e9" * 160, "<s>" * 160,
           "^(1" * 160, "$" * 499, "9**9**9**9", "1 #a" * 120, "9" * 5000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:12])
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_cells_end(text, kind):
    assert read_cell(text, kind).text == text


LONG = {"sum": "1+" * MAX_LENGTH, "megabyte": "7" * 1_000_000, "brackets": "(" * 100_000, "nested": "(" * 50_000 + "1" + ")" * 50_000,
        "words": "about " * 200_000, "powers": "9**" * 100_000 + "9"}  # fmt: skip


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_cells_are_refused_at_once(text):
    begun = perf_counter()
    assert read_cell(text, "number").state == "unreadable"
    assert perf_counter() - begun < 0.1


@pytest.mark.parametrize(
    "text",
    ["9**9**9**9", "9^9^9^9", "2**4000000000", "1e999999", "(" * 90 + "1" + ")" * 90 + "/0", "1/" * 60 + "0"],
)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "yes_no"])
def test_what_is_too_large_is_refused_at_once(text, kind):
    begun = perf_counter()
    assert read_cell(text, kind).state in ("unreadable", "wrong")
    assert perf_counter() - begun < 1


HUGE = {"bars": "|" * 200_000, "commas": "," * 300_000, "quotes": '"' * 200_001, "pairs": "a=1," * 50_000, "brackets": "[" * 100_000,
        "braces": '{"a":' * 50_000, "dashes": "- " * 50_000, "tables": "<table>" * 20_000, "cells": "<td>" * 50_000,
        "rule": "a|b\n" + "- " * 100_000, "head": "a." * 5000 + ",layer,shape\n1,2,3"}  # fmt: skip


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
@pytest.mark.parametrize("suffix", [".csv", ".md", ".json", ".yaml", ".txt", ".html"])
def test_hostile_files_end(text, suffix):
    try:
        read_sheets(text.encode(), "a" + suffix, "utf-8")
    except Refused as refused:
        assert refused.reason
