"""What programs print of a network is a sheet: the same layers, shapes and parameters, whoever printed them.

The prints in data/homework/printed are those programs' own; the numbers beside them were counted in PyTorch and Keras.
"""

from pathlib import Path

import pytest

from shapecalc.api.grading import answer_key, grade
from shapecalc.homework.cells import read_cell
from shapecalc.homework.sheets import read_sheets
from shapecalc.homework.sheets.sheet import merged
from shapecalc.homework.spelling.refused import Refused

DATA = Path(__file__).parents[1] / "data/homework"
N2 = "224 16 0 576 16 0 296 0 18010"  # conv bn relu, conv bn relu conv, pool, linear
BN33 = N2.replace("16", "33")  # torchscan counts the buffers of a batch norm as parameters
KERAS = "0 448 64 0 2320 0 0 170 3002"
PARAMS = {
    "keras2_sequential": "320 0 0 0 54090 54410",
    "keras3_sequential": "320 0 0 0 54090 54410",
    "keras2_functional": KERAS,
    "keras3_functional": KERAS,
    "keras3_functional_wide": KERAS,
    "torchsummary": "224 16 0 576 16 0 296 0 0 18010 19138",
    "torchinfo_default": "1184 0 576 16 0 296 576 16 0 296 288 1280 110 5286",
    "torchinfo_all_columns": "1184 0 576 16 0 296 576 16 0 296 288 1280 110 5286",
    "torchscan": BN33 + " 19138",
    "torchlens": "224 16 0 576 16 0 296 0 0 0 18010",
    "ptflops": N2,
    "calflops": N2,
}
SHAPES = {
    "keras2_sequential": "26x26x32 13x13x32 5408 5408 10",
    "keras3_functional": "32x32x3 32x32x16 32x32x16 32x32x16 32x32x16 32x32x16 16 10",
    "torchsummary": "30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 15x15x8 10",
    "torchscan": "30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 15x15x8 10",
    "torch.export_print": "30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 30x30x8 15x15x8 1800 10",
}


def rows(name, names=frozenset()):
    data = (DATA / "printed" / f"{name}.txt").read_bytes()
    (sheet,) = merged(read_sheets(data, f"{name}.txt", "utf-8", names))
    return sheet.rows


@pytest.mark.parametrize(("name", "params"), PARAMS.items())
def test_parameters_of_each_printer(name, params):
    found = [read_cell(row.cells["params"], "number").value for row in rows(name)]
    assert found == [18010 if n == "18010" else int(n) for n in params.split()]


@pytest.mark.parametrize("layout", ["HWC", "CHW"])
@pytest.mark.parametrize(("name", "shapes"), SHAPES.items())
def test_shapes_are_turned_as_the_printer_has_them(name, shapes, layout):
    texts = [row.cells["output_shape"] for row in rows(name) if row.cells.get("output_shape")]
    found = [read_cell(text, "shape", layout=layout).value for text in texts]
    vectors = [v[-1:] if v and max(v[:-1], default=1) == 1 else v for v in found]
    vectors = [v[-1:] if -1 in v else v for v in vectors]
    assert ["x".join(map(str, v)) for v in vectors if v] == shapes.split()


def test_modules_that_hold_others_are_no_layers():
    assert "Sequential" not in " ".join(row.name for row in rows("torchinfo_default"))
    assert [row.name for row in rows("torchscan", frozenset({"f3conv1"}))][3] == "f.3.conv1"


@pytest.mark.parametrize("name", ["print_model", "thop"])
def test_a_print_without_answers_is_refused(name):
    with pytest.raises(Refused):
        rows(name)


HAND_INS = {
    "02_excel_de_cp1252.csv": None, "04_excel_unicode.txt": 14, "06_answers.xlsx": 14, "12_code_vars.notebook": 5,
    "14_nb_output_summary.notebook": 14, "16_keras3_summary.txt": 14, "35_prose.txt": 14, "37_aligned.txt": 14,
    "39_extra_cols.csv": 14, "49_ceil.csv": 14, "l10.txt": 4, "l12.txt": 4, "l13.txt": 4, "l14.csv": 4, "l15.csv": 4,
    "l16.csv": 4, "l18.json": 4, "l2.txt": 4, "l20.csv": 4, "l21.csv": 4, "l22.csv": 4, "l25.md": 4, "l3.txt": 4,
    "l30.csv": 6, "l31.md": 6, "l32.md": 14, "l4.md": 4, "l5.txt": 4, "l6.txt": 4, "l8.txt": 4, "l9.txt": 2,
}  # fmt: skip


def test_hand_ins_of_a_class(tmp_path):
    key = answer_key(str(DATA / "hand_ins/key.yaml"))
    for name, marks in HAND_INS.items():
        if name.endswith(".xlsx"):
            pytest.importorskip("openpyxl")
        copy = tmp_path / name.replace(".notebook", ".ipynb")
        copy.write_bytes((DATA / "hand_ins" / name).read_bytes())
        (sheet,) = grade(key, [str(copy)]).sheets
        assert sheet.score == (marks or 0), (name, sheet.problems)
        assert marks or "give --encoding cp1252" in sheet.problems[0]
    (sheet,) = grade(key, [str(DATA / "hand_ins/02_excel_de_cp1252.csv")], encoding="cp1252").sheets
    assert [cell.state for cell in sheet.cells if cell.quantity == "output_shape"] == ["correct"] * 7


PROGRAM = """
import torch
conv1 = (28, 28, 6)
conv1_params = 5*5*3*6 + 6
answers = {"pool1": {"shape": (14, 14, 6), "params": 0}}
batch_size, lr = 32, 0.1
print(__import__("os").system("false"))
"""


def test_code_is_read_and_never_run():
    import json

    cell = {"cell_type": "code", "source": PROGRAM, "outputs": []}
    data = json.dumps({"cells": [cell]}).encode()
    (sheet,) = merged(read_sheets(data, "hw.ipynb", "utf-8", frozenset({"conv1", "pool1"})))
    assert {row.name: dict(row.cells) for row in sheet.rows} == {
        "pool1": {"output_shape": "(14, 14, 6)", "params": "0"},
        "conv1": {"output_shape": "(28, 28, 6)", "params": "5 * 5 * 3 * 6 + 6"},
    }


def test_a_workbook_hands_on_days_and_formulas(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = openpyxl.Workbook()
    for line in (
        ("Layer", "Output", "Params"),
        ("CONV1", datetime(2016, 10, 10), "=5*5*3*6+6"),
        ("FC", 120.0, 456),
    ):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", "utf-8")
    assert [dict(row.cells) for row in sheet.rows] == [
        {"output_shape": "2016-10-10", "params": "5*5*3*6+6"},
        {"output_shape": "120", "params": "456"},
    ]


def test_without_openpyxl_the_cure_is_said(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(Refused, match=r"pip install 'shapecalc\[xlsx\]'"):
        read_sheets((DATA / "hand_ins/06_answers.xlsx").read_bytes(), "a.xlsx", "utf-8")
