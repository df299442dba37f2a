"""What is asked of everyone: layers that do something, other rows where somebody lists them, and what the key names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shapecalc.errors import SpecError

from .marks import LENET, cell, key, mark, states

NET = """
    input: 8x8x3
    layers:
      - conv: {filters: 4, kernel: 3, name: c1}
      - relu: {name: r1}
      - dropout: {rate: 0.5, name: d1}
      - bn: {name: b1}
      - maxpool: {kernel: 2, name: p1}
      - fc: {units: 10, name: f1}
      - softmax: {name: s1}
"""
STAGES = """
    input: 8x8x3
    blocks:
      Pair:
        params: {n: int}
        layers: [conv: {filters: n, kernel: 3, padding: same}, conv: {filters: n, kernel: 3, padding: same, stride: 2}]
    layers:
      - Pair: {n: 4, name: stage1}
      - Pair: {n: 8, name: stage2}
      - fc: {units: 10, name: out}
"""


def names(grading: str = "", seen: tuple[str, ...] = (), spec: str = NET) -> str:
    return " ".join(row.name for row in key(spec, grading).asked_rows(seen))


def test_rows_that_do_something() -> None:
    assert names() == "c1 b1 p1 f1"
    assert names(seen=("c1",)) == "c1 b1 p1 f1"
    assert names(seen=("r1", "f1.flatten", "total", "input")) == "c1 r1 b1 p1 f1.flatten f1 total"


def test_the_key_names_rows() -> None:
    assert names("rows: {c1: [CONV1], r1: true, b1: false}") == "c1 r1 p1 f1"
    assert names("rows: [f1, c1, total]", seen=("p1",)) == "f1 c1 total"
    assert names("rows: {input: true}") == "input c1 b1 p1 f1"


def test_blocks_stand_for_their_layers() -> None:
    assert names(spec=STAGES) == "stage1.conv1 stage1.conv2 stage2.conv1 stage2.conv2 out"
    assert names(spec=STAGES, seen=("stage1",)) == "stage1 stage2.conv1 stage2.conv2 out"
    graded = key(STAGES, "rows: [stage1, stage2, out]")
    # 3·3·3·4 + 4 + 3·3·4·4 + 4 = 260, 3·3·4·8 + 8 + 3·3·8·8 + 8 = 880, 2·2·8·10 + 10 = 330
    right = mark(graded, "stage1, 4x4x4, 260\n stage2, 2x2x8, 880\n out, 10, 330")
    assert {c.state for c in right.cells} == {"correct"} and right.max_score == 6
    # on a stage of 6 maps: 3·3·6·8 + 8 + 3·3·8·8 + 8 = 1,024
    wrong = mark(graded, "stage1, 4x4x6, 260\n stage2, 2x2x8, 1024\n out, 10, 330")
    assert (
        cell(wrong, "stage2.params").state == "follow_through"
        and cell(wrong, "stage2.params").caused_by == "stage1"
    )


def test_marks_by_cell_row_and_column() -> None:
    graded = key(LENET, "marks: {output_shape: 1, params: 0.5, CONV1: {params: 2}, POOL1: 0}")
    sheet = mark(graded, "CONV1, 28x28x6, 456")
    assert cell(sheet, "CONV1.params").marks == 2 and cell(sheet, "FC3.params").marks == 0.5
    assert not any(c.layer == "POOL1" for c in sheet.cells)
    assert (sheet.score, sheet.max_score) == (3, 10.5)


def test_accepted_answers_and_tolerances() -> None:
    graded = key(LENET, """
        accept: {total: {params: [62k, 0.06M]}, CONV1.output_shape: [[28, 28], 6x784]}
        tolerance: {params: 1%, CONV2: {params: [2400, 2416]}, FC3: {params: {abs: 3}}, FC4.params: exact}
    """)  # fmt: skip
    text = "CONV1, 28x28, 452\n CONV2, 10x10x16, 2400\n FC3, 120, 48123\n FC4, 84, 10.2k\n OUT, 10, 841\n total, , 60000"
    found = states(mark(graded, text), "params")
    assert found == {
        "CONV1": "rounded", "POOL1": "blank", "CONV2": "rounded", "POOL2": "blank", "FC3": "rounded", "FC4": "wrong",
        "OUT": "wrong", "total": "correct",
    }  # fmt: skip
    assert states(mark(graded, text))["CONV1"] == "correct"
    assert states(mark(graded, "CONV1, 6x784"))["CONV1"] == "correct"
    wider = mark(key(LENET), "OUT, 10, 858", tolerance=graded.grading.tolerance[0].value)
    assert states(wider, "params")["OUT"] == "rounded"


def test_rows_that_are_not_there() -> None:
    with pytest.raises(SpecError) as caught:
        key(LENET, "rows: {CONV9: [C9]}\nmarks: {CONV1: 2, Pool1: 1, zzz: 3}\ncao: [conv8.params]")
    found = [(d.message, d.help, d.span.line if d.span else None) for d in caught.value.diagnostics]
    assert [line for _message, _help, line in found] == [13, 14, 15]
    assert found[1][0] == "the network has no row zzz" and "there are input CONV1" in str(found[1][1])
    assert found[2][:2] == ("the network has no row conv8", "did you mean CONV2?")


def test_rules_know_a_row_by_any_of_its_names() -> None:
    graded = key(LENET, "rows: {CONV1: [C 1]}\nmarks: {c1: 3, pool-1.params: 2}")
    assert [rule.row for rule in graded.grading.marks] == ["CONV1", "POOL1"]


def test_the_keys_of_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "grading.md").read_text("utf-8")
    specs = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(specs) == 3
    for text in specs:
        assert key(text).asked_rows()
