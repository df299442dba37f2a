"""Small documents for the formats: LeNet-5 with its published numbers, and one with all that a file could do to us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from shapecalc.report.grid import Column, Grid


class Doc(NamedTuple):
    """A document made of a ready grid and ready data."""

    name: str
    table: Grid
    content: Mapping[str, Any] = {}

    def grid(self) -> Grid:
        return self.table

    def data(self) -> Mapping[str, Any]:
        return {"name": self.name, **self.content}

    def records(self) -> list[Mapping[str, Any]]:
        return list(self.content.get("layers", []))


COLUMNS = (
    Column("name", "layer"),
    Column("layer", "type"),
    Column("output_shape", "output", "shape"),
    Column("params.total", "params", "count"),
    Column("share.params", "of params", "share"),
    Column("macs", "MACs", "count"),
)
# LeCun et al. 1998, as in spec-language.md: 61,706 parameters, 416,520 MACs
ROWS: tuple[tuple[Any, ...], ...] = (
    ("input", "", (32, 32, 1), "", "", ""),
    ("conv1", "conv", (28, 28, 6), 156, 156 / 61706, 117600),
    ("avgpool1", "avgpool", (14, 14, 6), 0, 0.0, 0),
    ("conv2", "conv", (10, 10, 16), 2416, 2416 / 61706, 240000),
    ("avgpool2", "avgpool", (5, 5, 16), 0, 0.0, 0),
    ("fc1.flatten", "flatten", (400,), 0, 0.0, 0),
    ("fc1", "fc", (120,), 48120, 48120 / 61706, 48000),
    ("fc2", "fc", (84,), 10164, 10164 / 61706, 10080),
    ("fc3", "fc", (10,), 850, 850 / 61706, 840),
)
TOTAL = ("total", None, None, 61706, None, 416520)
NOTES = ("MACs: multiply-accumulates of one forward pass; flops = 2 × MACs.",)


@pytest.fixture
def make() -> Callable[..., Doc]:
    return Doc


@pytest.fixture
def lenet() -> Doc:
    layers = [
        {"name": name, "layer": word, "output_shape": list(shape), "params": {"total": params}, "macs": macs}
        for name, word, shape, params, _, macs in ROWS[1:]
    ]
    totals = {"layers": 8, "params": {"total": 61706}, "macs": 416520}
    content = {"layout": "HWC", "inputs": {"input": [32, 32, 1]}, "layers": layers, "totals": totals}
    return Doc("LeNet-5", Grid("LeNet-5", COLUMNS, ROWS, TOTAL, NOTES), content)


HOSTILE = (
    "[red]x[/red] :smile:",
    "\x1b[31mred\x1b[0m\x07",
    "a|b `c` *d* <script>alert(1)</script> & $x$ \\end 100% _e_ #1",
    '=HYPERLINK("http://x","y")',
    "卷积层1",
    "🙂é",
    "two\nlines\tand a tab",
    "\u202egnp.exe",
    "very_long_name_" * 8,
    "",
)


@pytest.fixture
def hostile() -> Doc:
    columns = (Column("name", "layer"), Column("macs", "MACs", "count"), Column("shape", "output", "shape"))
    rows = tuple((name, 10**18 + i, (10**18, "H")) for i, name in enumerate(HOSTILE))
    rows += (("none", None, None),)
    return Doc("[b]<i>x", Grid("[b]<i>x", columns, rows, None, ("[dim]note[/dim] <b>",)))


@pytest.fixture
def empty() -> Doc:
    return Doc("nothing", Grid("nothing", COLUMNS[:2] + COLUMNS[3:4], ()))
