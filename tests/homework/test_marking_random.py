"""One mistake anywhere in any network, and everything right after it: one wrong cell, named wherever it reaches.

The student of these tests works the network out layer by layer on his own values, which is all that he shares with the
program: its layers, whose numbers other tests hold against papers and frameworks.
"""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shapecalc import read
from shapecalc.engine import bind
from shapecalc.errors import ShapeError
from shapecalc.homework.answers import AnswerRow, HandIn
from shapecalc.homework.key import Key, make_key
from shapecalc.homework.marking import Marker
from shapecalc.homework.question import Question
from shapecalc.report.grades import Sheet

from .marks import no_slip
from .marks import read as read_cell

NETWORKS = ("lenet5", "lenet5_1998", "alexnet", "inception_module", "resnet18", "squeezenet", "nin_cifar10")
COLUMNS = ("output_shape", "activations", "params", "macs")
Table = dict[str, dict[str, int | tuple[int, ...]]]
KEYS: dict[str, Key] = {}


def key(name: str) -> Key:
    if name not in KEYS:
        KEYS[name] = make_key(bind(read(name)).graph)
    return KEYS[name]


def table(of: Key, wrong: str, shape: tuple[int, ...]) -> Table:
    """All rows as somebody writes them who takes `shape` for the output of `wrong`; raises ShapeError if that cannot be."""
    shapes = dict(of.graph.inputs)
    rows: Table = {}
    for node in of.graph.nodes:
        inputs = tuple(shapes[name] for name in node.inputs)
        layer = Question("output_shape", node.layer, node.options, inputs).layer()
        shapes[node.name] = shape if node.name == wrong else layer.y
        params = layer.count("weights") + layer.count("biases")
        cells = (shapes[node.name], prod(shapes[node.name]), params, layer.count("macs"))
        rows[node.name] = dict(zip(COLUMNS, cells))
    return rows


def marked(of: Key, rows: Table) -> Sheet:
    texts = {
        name: AnswerRow(
            name, {c: "x".join(map(str, v)) if isinstance(v, tuple) else str(v) for c, v in cells.items()}
        )
        for name, cells in rows.items()
    }
    asked = of.asked_rows(("total",))
    own = {row.name: texts[row.name] for row in asked if row.name in texts}
    sums = {c: sum(int(texts[row].cells[c]) for row in own) for c in COLUMNS[1:]}
    own["total"] = AnswerRow("total", {c: str(n) for c, n in sums.items()})
    return Marker(of, asked, COLUMNS, read_cell, no_slip).mark(HandIn("s", "s.csv", ()), own)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(NETWORKS), st.data())
def test_one_mistake_costs_one_cell(name: str, data: st.DataObject) -> None:
    of = key(name)
    wrong = data.draw(st.sampled_from([row.name for row in of.asked_rows()]))
    shape = list(of.shapes[wrong])
    axis = data.draw(st.integers(0, len(shape) - 1))
    shape[axis] += data.draw(st.sampled_from((-2, -1, 1, 2, shape[axis])))
    assume(shape[axis] > 0)
    try:
        rows = table(of, wrong, tuple(shape))
    except ShapeError:
        assume(False)
    sheet = marked(of, rows)
    off = [
        (cell.layer, cell.quantity)
        for cell in sheet.cells
        if not cell.right and cell.state != "follow_through"
    ]
    assert off == [(wrong, "output_shape")]
    assert {cell.caused_by for cell in sheet.cells if cell.state == "follow_through"} <= {wrong}
    assert sheet.score == sheet.max_score - 1


@pytest.mark.parametrize("name", NETWORKS)
def test_the_keys_own_table_is_full_marks(name: str) -> None:
    of = key(name)
    sheet = marked(of, table(of, "", ()))
    assert sheet.score == sheet.max_score and {cell.state for cell in sheet.cells} == {"correct"}
