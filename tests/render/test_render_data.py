"""CSV, JSON and JSON lines: raw integers, English keys, one shape for one document and for several."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import Any

import pytest

from shapecalc.errors import Diagnostic, Source, Span
from shapecalc.render import render
from shapecalc.render.json import pretty
from shapecalc.report.broken import Broken
from shapecalc.report.grid import Column, Grid

CSV = """\
name,layer,output_shape,params.total,share.params,macs
input,,32x32x1,,,
conv1,conv,28x28x6,156,0.002528117200920494,117600
avgpool1,avgpool,14x14x6,0,0.0,0
conv2,conv,10x10x16,2416,0.039153404855281494,240000
avgpool2,avgpool,5x5x16,0,0.0,0
fc1.flatten,flatten,400,0,0.0,0
fc1,fc,120,48120,0.7798269212070139,48000
fc2,fc,84,10164,0.16471655916766603,10080
fc3,fc,10,850,0.013774997569118076,840
"""
JSON = """\
{"schema": "shapecalc/1", "name": "LeNet-5", "layout": "HWC", "inputs": {"input": [32, 32, 1]},
 "layers": [
   {"name": "conv1", "layer": "conv", "output_shape": [28, 28, 6], "params": {"total": 156}, "macs": 117600},
   {"name": "avgpool1", "layer": "avgpool", "output_shape": [14, 14, 6], "params": {"total": 0}, "macs": 0},
   {"name": "conv2", "layer": "conv", "output_shape": [10, 10, 16], "params": {"total": 2416}, "macs": 240000},
   {"name": "avgpool2", "layer": "avgpool", "output_shape": [5, 5, 16], "params": {"total": 0}, "macs": 0},
   {"name": "fc1.flatten", "layer": "flatten", "output_shape": [400], "params": {"total": 0}, "macs": 0},
   {"name": "fc1", "layer": "fc", "output_shape": [120], "params": {"total": 48120}, "macs": 48000},
   {"name": "fc2", "layer": "fc", "output_shape": [84], "params": {"total": 10164}, "macs": 10080},
   {"name": "fc3", "layer": "fc", "output_shape": [10], "params": {"total": 850}, "macs": 840}],
 "totals": {"layers": 8, "params": {"total": 61706}, "macs": 416520}}
"""
# the first row of outputs.md, whose numbers are those of LeNet-5
CONV1: dict[str, Any] = {
    "name": "conv1",
    "layer": "conv",
    "from": ["input"],
    "input_shapes": [[32, 32, 1]],
    "output_shape": [28, 28, 6],
    "activations": 4704,
    "options": {
        "filters": 6,
        "kernel": [5, 5],
        "stride": [1, 1],
        "padding": [[0, 0], [0, 0]],
        "dilation": [1, 1],
        "groups": 1,
        "bias": True,
        "rounding": "floor",
    },
    "params": {"weights": 150, "biases": 6, "total": 156, "trainable": 156, "buffers": 0},
    "macs": 117600,
    "macs_on_data": 117600,
    "flops": 235200,
    "connections": 122304,
    "ops": {"mul": 117600, "add": 117600},
    "receptive_field": {"size": [5, 5], "stride": [1, 1], "padding": [0, 0], "aligned": True},
    "activation_bytes": 18816,
}
CONV1_LINES = """\
   {"name": "conv1", "layer": "conv", "from": ["input"], "input_shapes": [[32, 32, 1]], \
"output_shape": [28, 28, 6], "activations": 4704,
    "options": {"filters": 6, "kernel": [5, 5], "stride": [1, 1], "padding": [[0, 0], [0, 0]], "dilation": [1, 1], \
"groups": 1, "bias": true, "rounding": "floor"},
    "params": {"weights": 150, "biases": 6, "total": 156, "trainable": 156, "buffers": 0}, "macs": 117600, \
"macs_on_data": 117600, "flops": 235200,
    "connections": 122304, "ops": {"mul": 117600, "add": 117600},
    "receptive_field": {"size": [5, 5], "stride": [1, 1], "padding": [0, 0], "aligned": true}, \
"activation_bytes": 18816}"""
SOURCE = Source("bad.yaml", "name: bad\nlayers:\n  - cnv: 3\n")
BROKEN = Broken("bad", (Diagnostic("SC201", "no layer 'cnv'", Span(SOURCE, 3, 5, 3, 8), "conv"),))
FINDING = {
    "code": "SC201",
    "severity": "error",
    "file": "bad.yaml",
    "line": 3,
    "column": 5,
    "end_line": 3,
    "end_column": 8,
    "message": "no layer 'cnv'",
    "help": "conv",
    "related": [],
}


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_csv(lenet: Any) -> None:
    assert render([lenet], "csv") == CSV
    assert render([lenet], "tsv") == CSV.replace(",", "\t")
    assert render([lenet], "csv", units="si", ascii=True) == CSV


def test_csv_of_several_has_one_header(lenet: Any) -> None:
    lines = CSV.splitlines()
    expected = [f"spec,{lines[0]}", *(f"LeNet-5,{line}" for line in lines[1:] * 2)]
    assert render([lenet, lenet], "csv").splitlines() == expected


def test_csv_columns_that_a_document_lacks_are_empty(lenet: Any) -> None:
    rows = read(render([lenet, BROKEN], "csv"))
    assert rows[0]["error.code"] == "" and rows[0]["macs"] == ""
    assert rows[-1]["spec"] == "bad" and rows[-1]["macs"] == "" and rows[-1]["error.code"] == "SC201"


def test_csv_is_read_back_and_runs_nothing(hostile: Any) -> None:
    for delimiter, format in ((",", "csv"), ("\t", "tsv")):
        rows = read(render([hostile], format), delimiter)
        names = [row["name"] for row in rows]
        assert names[:2] == ["[red]x[/red] :smile:", "red"]
        assert names[3] == '\'=HYPERLINK("http://x","y")'
        assert names[6] == "two\nlines\tand a tab"
        assert [int(row["macs"]) for row in rows[:-1]] == [10**18 + i for i in range(10)]
        assert rows[0]["shape"] == "1000000000000000000xH"
        assert rows[-1] == {"name": "none", "macs": "", "shape": ""}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\x1b[0m=1", "\x00=1", "＝1"])
def test_csv_guards_against_formulas(make: Any, text: str) -> None:
    (row,) = read(
        render([make("x", Grid("", (Column("a", "a"), Column("b", "b", "count")), ((text, -1),)))], "csv")
    )
    assert row["a"].startswith("'") and row["b"] == "-1"


def test_csv_values(make: Any) -> None:
    columns = tuple(Column(key, key) for key in "abcde")
    text = render([make("x", Grid("", columns, ((True, False, None, 0.25, ()),)))], "csv")
    assert text == "a,b,c,d,e\ntrue,false,,0.25,\n"


def test_json(lenet: Any) -> None:
    text = render([lenet], "json")
    assert text == JSON
    assert json.loads(text) == {"schema": "shapecalc/1", "name": "LeNet-5", **lenet.content}


def test_json_of_several_is_a_list_with_the_broken_one_in_its_place(lenet: Any) -> None:
    first, second, third = json.loads(render([lenet, BROKEN, lenet], "json"))
    assert first == third == json.loads(JSON)
    assert second == {"schema": "shapecalc/1", "name": "bad", "error": [FINDING]}
    assert json.loads(render([BROKEN], "json")) == second
    assert render([], "json") == "[]\n"


def test_a_broken_one_is_text_elsewhere(lenet: Any) -> None:
    text = render([BROKEN], "plain")
    assert text.splitlines()[0] == "bad"
    assert text.splitlines()[-1].split() == ["SC201", "bad.yaml:3:5", "no", "layer", "'cnv'"]
    assert json.loads(render([BROKEN], "jsonl")) == {"spec": "bad", "error": [FINDING]}


def test_a_row_fills_a_few_lines() -> None:
    text = pretty({"layers": [CONV1, {**CONV1, "options": {}}]})
    assert text.startswith('{"layers": [\n' + CONV1_LINES + ",\n   {")
    assert json.loads(text) == {"layers": [CONV1, {**CONV1, "options": {}}]}


def test_rows_within_rows_are_laid_out_too() -> None:
    step = {"quantity": "output height", "formula": "⌊(N + 2·P − F) / S⌋ + 1", "value": 55, "note": None}
    document = {
        "name": "x",
        "layers": [{"layer": "conv1", "steps": [step, step]}, {"layer": "relu", "steps": []}],
    }
    assert pretty(document) == (
        '{"name": "x",\n'
        ' "layers": [\n'
        '   {"layer": "conv1", "steps": [\n'
        '      {"quantity": "output height", "formula": "⌊(N + 2·P − F) / S⌋ + 1", "value": 55, "note": null},\n'
        '      {"quantity": "output height", "formula": "⌊(N + 2·P − F) / S⌋ + 1", "value": 55, "note": null}]},\n'
        '   {"layer": "relu", "steps": []}]}\n'
    )


@pytest.mark.parametrize(
    "text",
    [', "b": ', '", "b": "', ', {"a": ', '\\", "b": ', '"a": [{', "\n", "\x1b[31m", '\\", {\\"a\\": ', "\\"],
)
def test_no_text_is_ever_broken(text: str) -> None:
    long = "x" * 100
    row = {
        "a": text,
        "b": long,
        "c": [text, {"b": text}],
        text: text,
        "rows": [{"a": text, "b": long, "c": long}],
    }
    document = {"name": text, "layers": [row, row], "map": {text: text, "long": long, "more": long}}
    assert json.loads(pretty(document)) == document


def test_values(make: Any) -> None:
    class Symbol:
        def __str__(self) -> str:
            return "4*H"

    class Whole:
        def __index__(self) -> int:
            return 7

    content = {
        "shape": (Symbol(), 3),
        "n": 10**18,
        "whole": Whole(),
        "name": "卷积",
        "solutions": [{}],
        "none": None,
    }
    assert render([make("x", Grid("", (), ()), content)], "json") == (
        '{"schema": "shapecalc/1", "name": "卷积", "shape": ["4*H", 3], "n": 1000000000000000000, "whole": 7, '
        '"solutions": [{}], "none": null}\n'
    )


def test_jsonl_is_one_row_a_line(lenet: Any) -> None:
    lines = render([lenet, lenet], "jsonl").splitlines()
    assert len(lines) == 16
    assert lines[0] == (
        '{"spec": "LeNet-5", "name": "conv1", "layer": "conv", "output_shape": [28, 28, 6], '
        '"params": {"total": 156}, "macs": 117600}'
    )
    assert sum(json.loads(line)["macs"] for line in lines[:8]) == 416520


def test_ten_thousand_rows_are_not_waited_for() -> None:
    rows = [{**CONV1, "name": f"conv{i}"} for i in range(10_000)]
    start = time.perf_counter()
    text = pretty({"layers": rows})
    assert time.perf_counter() - start < 2  # 0.16 s on the machine this was written on
    assert json.loads(text)["layers"] == rows
