"""Long tables in every format: each row is there once, in order, the first and the last of each piece above all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shapecalc.render import FORMATS, pieces, render
from shapecalc.report.grid import Column, Grid

LENGTHS = (
    1,
    2,
    63,
    64,
    65,
    127,
    128,
    129,
    255,
    256,
    257,
    511,
    512,
    513,
    999,
    1000,
    1001,
    1023,
    1024,
    1025,
    2049,
)
COLUMNS = (Column("name", "layer"), Column("macs", "MACs", "count"))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("total", [True, False])
def test_no_row_is_lost(make: Any, format: str, total: bool) -> None:
    for length in LENGTHS:
        rows = tuple((f"row{i}end", 7 * i) for i in range(length))
        layers = [{"name": name, "macs": macs} for name, macs in rows]
        last = ("total", 7 * length * (length - 1) // 2) if total else None
        document = make("long", Grid("long", COLUMNS, rows, last, ("note1end",)), {"layers": layers})
        text = render([document], format, color="never", width=80)
        assert re.findall(r"row(\d+)end", text) == [str(i) for i in range(length)], (format, length)
        assert "".join(pieces([document], format, color="never", width=80)) == text
        if total and format in ("plain", "table", "markdown", "html"):
            assert f"{last[1]:,}" in text  # type: ignore[index]


@pytest.mark.parametrize("format", [f for f in FORMATS if f not in ("json", "jsonl", "csv", "tsv")])
def test_of_several_each_is_whole(make: Any, format: str) -> None:
    """A title, the last row and the total of each of three."""
    documents = [
        make(
            f"doc{i}end",
            Grid(f"doc{i}end", COLUMNS, ((f"row{i}end", i),), (f"total{i}end", 100 + i), (f"note{i}end",)),
        )
        for i in range(3)
    ]
    text = render(documents, format, color="never", width=80)
    for word in ("row", "total", "note"):
        assert re.findall(word + r"(\d)end", text) == ["0", "1", "2"], word
    assert list(dict.fromkeys(re.findall(r"doc(\d)end", text))) == ["0", "1", "2"]
