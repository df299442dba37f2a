"""A key stands alone: read again, it is the same network, and says what is asked and for how many marks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest

from shapecalc import api, catalogue
from shapecalc.engine import bind
from shapecalc.errors import Source
from shapecalc.homework.quiz.make import Wish
from shapecalc.homework.quiz.said import plain
from shapecalc.homework.quiz.sheets import Maker, Request
from shapecalc.render.quiz import render_quiz
from shapecalc.report.quiz import Quiz
from shapecalc.spec import load
from shapecalc.spec.reader import read

NETWORKS = catalogue.names()


def maker(spec: str, selection: api.Selection = api.Selection(), **wish: object) -> Maker:
    plan = api.read(spec) if "\n" not in spec else load(Source("net.yaml", spec))
    bound = api.compute(plan, selection).bound
    return Maker(bound, Request(Wish(**wish)), api.parse_overrides(selection))


def grading(key: str) -> dict[str, Any]:
    root: Any = read(Source("key", key))[0]
    return dict(plain({k.text: v for k, v in root.pairs}["grading"]))


def numbers(key: str) -> dict[str, dict[str, Any]]:
    """The columns of every row, computed from a key by the table of the package."""
    answer = api.compute(load(Source("key", key)))
    assert not answer.unmet
    rows = answer.table.rows
    return {
        row.name: {
            "output_shape": row.output_shape,
            "activations": row.activations,
            "params": row.params.total,
        }
        for row in rows
    }


@pytest.mark.parametrize("spec", NETWORKS)
def test_a_key_is_the_same_network(spec: str) -> None:
    made = maker(spec, rate=0.3)
    key = made.one().key
    bound, again = api.compute(api.read(spec)).bound, bind(load(Source("key", key)))
    assert [n._replace(span=None, uses=()) for n in again.graph.nodes] == [
        n._replace(span=None, uses=()) for n in bound.graph.nodes
    ]
    assert again.shapes == bound.shapes and again.graph.outputs == bound.graph.outputs
    assert "expect" not in key and "base:" not in key and "published" not in key


@pytest.mark.parametrize("spec", NETWORKS)
@pytest.mark.parametrize("format", ["csv", "tsv", "markdown", "json", "notebook"])
def test_a_filled_sheet_is_what_the_key_gives(spec: str, format: str) -> None:
    if spec == "resnet1202":
        return  # the longest of its family by a factor of ten, and in nothing else different
    one = maker(spec, seed=2).one()
    known, marks = numbers(one.key), grading(one.key)["marks"]
    found = sheet(render_quiz([one.quiz._replace(filled=True)], format), format)
    asked = 0.0
    for name, cells in found.items():
        for column, text in cells.items():
            if name in known:
                right = known[name][column]
                assert value(text) in (
                    right,
                    right[0] if right.__class__ is tuple and len(right) == 1 else right,
                )
                own = marks.get(name, {})
                asked += own.get(column, marks[column])
    assert asked == one.quiz.marks == len(one.quiz.blanks)


def sheet(text: str, format: str) -> Mapping[str, Mapping[str, Any]]:
    """Rows by name of a sheet in a format that can be handed in."""
    if format == "json":
        rows = [{k: v for k, v in row.items() if k != "operation"} for row in json.loads(text)["rows"]]
    else:
        if format == "notebook":
            cells = json.loads(text)["cells"]
            text = "\n".join("".join(cell["source"]) for cell in cells)
        if format in ("markdown", "notebook"):
            lines = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("|")]
            table = [
                [cell.strip().replace("\\", "") for cell in line] for line in lines if "---" not in line[0]
            ]
        else:
            table = list(csv.reader(io.StringIO(text), delimiter="\t" if format == "tsv" else ","))
        rows = [{k: v for k, v in zip(table[0], row) if k != "operation"} for row in table[1:]]
    return {
        row["layer"]: {k: v for k, v in row.items() if k != "layer" and v not in ("", "–")} for row in rows
    }


def value(text: Any) -> Any:
    if isinstance(text, list):
        return tuple(text)
    if isinstance(text, int):
        return text
    sizes = text.replace("×", "x").replace(",", "").split("x")
    return tuple(map(int, sizes)) if len(sizes) > 1 else int(sizes[0])


def test_what_is_given_has_no_marks() -> None:
    made = maker("lenet5", blank="conv2.params,fc1").one()
    found = grading(made.key)
    assert found["columns"] == ["output_shape", "activations", "params"]
    assert found["marks"] == {
        "output_shape": 0, "activations": 0, "params": 0, "conv2": {"params": 1},
        "fc1": {"output_shape": 1, "activations": 1, "params": 1},
    }  # fmt: skip


def test_a_row_that_others_leave_out_is_asked() -> None:
    made = maker("vgg16", blank="stage1.relu1.output_shape,fc6.params").one()
    assert grading(made.key)["rows"] == {"stage1.relu1": True}


def test_what_a_spec_says_of_grading_is_kept() -> None:
    text = """
input: 8x8x3
layers: [conv: {filters: 4, kernel: 3}, fc: 10]
grading:
  columns: [macs]
  conventions: {bn: 4, layout: CHW}
  credit: {no_bias: 0.5}
  tolerance: {params: 1%}
  accept: {fc1: {params: [1450, "1.45k"]}}
  rows: {conv1: [C1]}
"""
    one = maker(text, blank="params").one()
    assert grading(one.key) == {
        "columns": ["output_shape", "activations", "params"],
        "conventions": {"bn": 4, "layout": "CHW"},
        "marks": {"output_shape": 0, "activations": 0, "params": 1},
        "rows": {"conv1": ["C1"], "fc1.flatten": True},
        "credit": {"no_bias": 0.5},
        "tolerance": {"params": "1%"},
        "accept": {"fc1": {"params": [1450, "1.45k"]}},
    }
    load(Source("key", one.key))


def test_bases_settings_and_inputs_are_written_in() -> None:
    selection = api.Selection(settings={"conv4": "2"}, inputs={"input": "96x96x3"})
    key = maker("resnet101", selection, rate=0.1).one().key
    assert "conv4: 2" in key and "input: 96x96x3" in key and "base" not in key
    assert numbers(key) == {
        row.name: {
            "output_shape": row.output_shape,
            "activations": row.activations,
            "params": row.params.total,
        }
        for row in api.compute(api.read("resnet101"), selection).table.rows
    }


def test_a_symbol_is_written_out() -> None:
    text = "input: HxWx3\nlayers: [pad: H // 8, conv: {filters: 2, kernel: 3}]\n"
    key = maker(text, api.Selection(settings={"H": "16", "W": "24"}), rate=1.0).one().key
    assert numbers(key)["conv1"]["output_shape"] == (18, 26, 2)


def test_names_and_quotes_come_through() -> None:
    text = """
name: "a: b # c {d} [e] | 'f' \\"g\\""
input: 8x8x3
params: {"w": 4}
blocks:
  Odd:
    params: {c: int}
    layers: [conv: {filters: "max(c, w)", kernel: 3, padding: same}]
layers:
  - Odd: {name: "1e3", c: 2}
  - concat: {"1x1": [conv: 3], "true": identity}
  - fc: 7
"""
    one = maker(text, rate=1.0).one()
    again = load(Source("key", one.key))
    assert again.name == "a: b # c {d} [e] | 'f' \"g\""
    assert [n.name for n in bind(again).graph.nodes] == [
        n.name for n in bind(load(Source("x", text))).graph.nodes
    ]


def test_the_letters_are_in_the_key() -> None:
    bound = api.compute(api.read("lenet5")).bound
    one = Maker(bound, Request(Wish(seed=3), 4)).one()
    root: Any = read(Source("key", one.key))[0]
    meta = plain({k.text: v for k, v in root.pairs}["meta"])
    assert meta["letters"] == {str(b.number): b.letter for b in one.quiz.blanks}
    accept = grading(one.key)["accept"]
    assert all(accept[b.row][b.column] == [b.letter] for b in one.quiz.blanks)


def test_the_same_request_gives_the_same_bytes() -> None:
    one, two = (maker("googlenet", seed=9).one() for _turn in range(2))
    assert one.key == two.key and one.quiz == two.quiz
    other: Quiz = maker("googlenet", seed=10).one().quiz
    assert [b.row for b in other.blanks] != [b.row for b in one.quiz.blanks]
