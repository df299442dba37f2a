"""One file, one format: what is in it comes out by layer and column, and what is not is said."""

import json

import pytest

from shapecalc.homework.sheets import read_sheets
from shapecalc.homework.sheets.columns import column, layer_and_quantity
from shapecalc.homework.sheets.sheet import merged
from shapecalc.homework.spelling.refused import Refused

TWO = {
    "CONV1": {"output_shape": "28x28x6", "params": "456"},
    "POOL1": {"output_shape": "14x14x6", "params": "0"},
}


def read(text, name, encoding="utf-8"):
    data = text if isinstance(text, bytes) else text.encode()
    return merged(read_sheets(data, name, encoding))


def rows(text, name, encoding="utf-8"):
    (sheet,) = read(text, name, encoding)
    return {row.name: dict(row.cells) for row in sheet.rows}


CSV = "layer,output_shape,params\nCONV1,28x28x6,456\nPOOL1,14x14x6,0\n"
SAME = {
    "comma": (CSV, "a.csv"),
    "semicolon": (CSV.replace(",", ";"), "a.csv"),
    "tab": (CSV.replace(",", "\t"), "a.tsv"),
    "mark": (b"\xef\xbb\xbf" + CSV.encode(), "a.csv"),
    "utf-16": (CSV.replace(",", "\t").encode("utf-16"), "a.txt"),
    "utf-16 be": (b"\xfe\xff" + CSV.replace(",", "\t").encode("utf-16-be"), "a.csv"),
    "crlf": (CSV.replace("\n", "\r\n"), "a.csv"),
    "cr": (CSV.replace("\n", "\r"), "a.csv"),
    "sep line": ("sep=;\n" + CSV.replace(",", ";"), "a.csv"),
    "quoted": ('"layer","output_shape","params"\n"CONV1","28x28x6","456"\n"POOL1","14x14x6","0"\n', "a.csv"),
    "empty cells at the end": (CSV.replace("\n", ",,,\n"), "a.csv"),
    "title above": ("My homework,,\n,,\n" + CSV, "a.csv"),
    "turned": ("layer,CONV1,POOL1\nshape,28x28x6,14x14x6\nparams,456,0\n", "a.csv"),
    "long": ("layer,column,answer\nCONV1,shape,28x28x6\nCONV1,params,456\nPOOL1,output volume,14x14x6\nPOOL1,#params,0\n", "a.csv"),
    "cells": ("cell,answer\nCONV1.shape,28x28x6\nCONV1.params,456\nPOOL1:output_shape,14x14x6\nPOOL1 params,0\n", "a.csv"),
    "other columns": ("#,Layer,Filter size,Output shape,Params,Notes\n1,CONV1,5x5,28x28x6,456,?\n2,POOL1,2x2,14x14x6,0,\n", "a.csv"),
    "markdown": ("Hi\n\n| Layer | Output shape | # params |\n|---|:-:|--:|\n| CONV1 | 28x28x6 | 456 |\n| POOL1 | 14x14x6 | 0 |\n\nBye\n", "a.md"),
    "commas in a Markdown file": (CSV, "a.md"),
    "bare markdown": ("layer | shape | params\n--- | --- | ---\nCONV1 | 28x28x6 | 456\nPOOL1 | 14x14x6 | 0\n", "a.txt"),
    "nameless head": ("| | shape | params |\n|-|-|-|\n| CONV1 | 28x28x6 | 456 |\n| POOL1 | 14x14x6 | 0 |\n", "a.md"),
    "html": ("<table><tr><th>Layer<th>Shape<th>Params<tr><td>CONV1<td>28x28x6<td>456</tr><tr><td>POOL1</td><td>14x14x6</td><td>0</td></table>", "a.html"),
    "json rows": ('[{"layer": "CONV1", "shape": "28x28x6", "params": 456}, {"layer": "POOL1", "shape": "14x14x6", "params": 0}]', "a.json"),
    "json names": ('{"CONV1": {"shape": "28x28x6", "params": 456}, "POOL1": {"shape": "14x14x6", "params": 0}}', "a.json"),
    "json flat": ('{"CONV1.shape": "28x28x6", "CONV1.params": 456, "POOL1.shape": "14x14x6", "POOL1.params": 0}', "a.json"),
    "json columns": ('{"shape": {"CONV1": "28x28x6", "POOL1": "14x14x6"}, "params": {"CONV1": 456, "POOL1": 0}}', "a.json"),
    "yaml names": ("CONV1: {shape: 28x28x6, params: 456}\nPOOL1:\n  output_shape: 14x14x6\n  params: 0\n", "a.yaml"),
    "yaml rows": ("answers:\n  - {layer: CONV1, shape: 28x28x6, params: 456}\n  - {layer: POOL1, shape: 14x14x6, params: 0}\n", "a.yml"),
    "lines": ("output shape of CONV1 = 28x28x6, params = 456\nPOOL1: 14x14x6, params: 0\n", "a.txt"),
    "lines below names": ("CONV1\n  shape: 28x28x6\n  params: 456\nPOOL1:\n- shape = 14x14x6\n- params = 0\n", "a.txt"),
    "lines with dots": ("CONV1.shape = 28x28x6\nCONV1.params = 456\nPOOL1.shape = 14x14x6\nPOOL1.params = 0\n", "a.txt"),
    "lines in Chinese": ("CONV1的输出尺寸：28x28x6，参数量：456\nPOOL1 输出尺寸=14x14x6；参数=0\n", "a.txt"),
    "text box": ("<p>CONV1: shape = 28x28x6, params = 456</p><p>POOL1: 14x14x6, params = 0</p>", "onlinetext.html"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), SAME.values(), ids=SAME)
def test_same_answers(text, name):
    found = rows(text, name)
    assert found == TWO


HEADS = {
    "layer": "layer Layer LAYER 层 网络层 名称 Name layer_name Operation",
    "output_shape": "shape output_shape Output·shape 尺寸 输出 输出尺寸 output(HxWxC) Activation·shape Output·volume 输出形状（H×W×C） dimensions",
    "activations": "activations Activation·size 激活值数 neurons #·neurons number·of·values",
    "weights": "weights #weights 权重 权重数 Number·of·weights",
    "biases": "biases bias #biases 偏置",
    "params": "params parameters #params #·parameters 参数 参数量 参数个数 Total·params Number·of·parameters Params·(weights+biases) **params** 参数量（个）",
    "macs": "macs MACs mult-adds Mult-Adds 乘加 乘加数 multiply-adds",
    "flops": "flops FLOPs 浮点运算量",
    "memory": "memory Memory·(MB) 内存 bytes",
    "receptive_field": "receptive_field RF 感受野 Receptive·field",
    "padding": "padding pad 填充 P",
    "stride": "stride 步长 S",
    "connections": "connections 连接数",
    "student": "student_id Student·ID 学号 姓名 email Username",
    "answer": "answer 答案 value",
}


@pytest.mark.parametrize(("meant", "heads"), HEADS.items())
def test_heads(meant, heads):
    for head in heads.split():
        assert column(head.replace("·", " ")) == meant, head


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("CONV1.shape", ("CONV1", "output_shape")),
        ("CONV1 output shape", ("CONV1", "output_shape")),
        ("params of CONV1", ("CONV1", "params")),
        ("CONV1 [params]", ("CONV1", "params")),
        ("conv1_params", ("conv1", "params")),
        ("CONV1参数量", ("CONV1", "params")),
        ("CONV1的参数量", ("CONV1", "params")),
        ("fc1.flatten.output_shape", ("fc1.flatten", "output_shape")),
        ("CONV1", None),
        ("receptive field", None),
    ],
)
def test_layer_and_quantity(head, meant):
    assert layer_and_quantity(head) == meant


def test_gb18030():
    text = "层,输出尺寸,参数量\n卷积层1,28×28×6,456\n".encode("gb18030")
    assert rows(text, "a.csv", "gb18030") == {"卷积层1": {"output_shape": "28×28×6", "params": "456"}}
    with pytest.raises(Refused, match="give --encoding gb18030"):
        read(text, "a.csv")


def test_too_many_cells_never_shift():
    (sheet,) = read("layer,output_shape,params\nFC1,100,27,000,100\nCONV1,28x28x6,456\n", "a.csv")
    assert [(row.name, dict(row.cells)) for row in sheet.rows] == [("FC1", {}), ("CONV1", TWO["CONV1"])]
    assert sheet.problems == (
        "line 2 has 5 cells and the head has 3, so its answers were not read: "
        'a number or a shape with “,” in it needs quotes, "27,000,100"',
    )


def test_commas_inside_other_separators():
    assert rows("layer;shape;params\nFC;28,28,6;27,000,100\n", "a.csv") == {
        "FC": {"output_shape": "28,28,6", "params": "27,000,100"}
    }


def test_quoted_line_break_keeps_line_numbers():
    (sheet,) = read('layer,shape,params\nA,"28x\n28",1\nB,1,2,3\n', "a.csv")
    assert sheet.problems[0].startswith("line 4 has 4 cells")


def test_a_class():
    wide = "student_id,CONV1.shape,CONV1.params,total params\nmei,28x28x6,456,61706\nbob,,450,\n"
    long = "student_id,layer,column,answer\nmei,CONV1,shape,28x28x6\nbob,CONV1,params,450\nmei,CONV1,params,456\nmei,total,params,61706\n"
    each = "student_id,layer,shape,params\nmei,CONV1,28x28x6,456\nmei,total,,61706\nbob,CONV1,,450\n"
    for text in (wide, long, each):
        found = {
            s.student: {r.name: {c: t for c, t in r.cells.items() if t} for r in s.rows}
            for s in read(text, "class.csv")
        }
        assert found["mei"] == {
            "CONV1": {"output_shape": "28x28x6", "params": "456"},
            "total": {"params": "61706"},
        }
        assert found["bob"]["CONV1"] == {"params": "450"}


def test_form_export():
    text = "Timestamp,Email Address,What is the output shape of CONV1?,params of CONV1,CONV1 参数量\n1/2/26,m@x.y,28x28x6,450,456\n"
    (sheet,) = read(text, "form.csv")
    assert sheet.student == "m@x.y"
    assert sheet.rows[0].cells["params"] == "456"
    assert "CONV1 has two answers for params, 450 and 456; the last one counts" in sheet.problems


def test_rows_of_one_name_stay_apart():
    (sheet,) = read("layer,params\nconv3-64,1792\nconv3-64,36928\nmaxpool,0\nconv3-64,1\n", "vgg.csv")
    assert [row.cells["params"] for row in sheet.rows] == ["1792", "36928", "0", "1"]


def test_json_values_as_typed():
    text = '{"CONV1": {"shape": [28, 28, 6], "params": 27000100.0, "macs": null}, "CONV1": {"shape": [null, 28, 28, 6]}}'
    (sheet,) = read(text, "a.json")
    assert dict(sheet.rows[0].cells) == {"output_shape": "(None, 28, 28, 6)"}
    assert sheet.problems == ("CONV1 is given twice; the last one counts",)


def test_json_class():
    found = read(
        '{"students": [{"student": "mei", "answers": {"CONV1": {"params": 456}}}, {"id": "bob", "rows": []}]}',
        "a.json",
    )
    assert [(s.student, s.rows[0].cells["params"]) for s in found] == [("mei", "456")]


def test_yaml_comma_is_named_and_the_rest_counts():
    (sheet,) = read("CONV1: {params: 27,000,100}\nPOOL1: {params: 0}\n", "a.yaml")
    assert sheet.problems == ("line 1: a comma ends the value of 27,000,100",)
    assert sheet.rows[-1].cells == {"params": "0"}


def notebook(*cells):
    return json.dumps(
        {"cells": [{"cell_type": kind, "source": source} for kind, source in cells], "nbformat": 4}
    )


def test_notebook():
    template = "| layer | shape | params |\n|---|---|---|\n| CONV1 | | |\n| POOL1 | | |\n"
    filled = [
        "| layer | shape | params |\n",
        "|---|---|---|\n",
        "| CONV1 | 28x28x6 | 456 |\n",
        "| POOL1 | 14x14x6 | 0 |",
    ]
    text = notebook(
        ("markdown", template), ("code", "| layer | params |\n|-|-|\n| X | 1 |"), ("markdown", filled)
    )
    assert rows(text, "hw.ipynb") == TWO
    assert rows(notebook(("markdown", "CONV1: shape = 28x28x6, params = 456")), "hw.ipynb") == {
        "CONV1": TWO["CONV1"]
    }


REFUSED = {
    "a.xlsx": (b"PK\3\4", "export it as CSV"),
    "a.csv": (b"PK\3\4....", "export it as CSV"),
    "a.docx": (b"PK\3\4", "copy the table into a CSV"),
    "a.pdf": (b"%PDF-1.7", "copy the table into a CSV"),
    "a.png": (b"\x89PNG", "type the answers into a CSV"),
    "a.txt": (b" \n", "it is empty"),
    "b.csv": (b"\0\1\2\3", "it is no text"),
    "c.csv": (b"CONV1,28x28x6\n", "no answers were found in it"),
    "a.json": (b"{", "line 1, column 2: this is no JSON"),
    "a.ipynb": (b"{}", "it has no cells"),
    "a.yaml": (b"a: [", "line 2"),
    "a.rar": (b"Rar!", "hand in a zip"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_words(name):
    data, reason = REFUSED[name]
    with pytest.raises(Refused) as refused:
        read(data, name)
    assert reason in refused.value.reason


def test_misspelt_column_is_named():
    (sheet,) = read("layer,parms,shape\nCONV1,456,28x28x6\n", "a.csv")
    assert sheet.problems == ("the column parms was left out; did you mean params?",)
