"""A heading is read by its words, the key's names go before it, and what is left out is named."""

import pytest

from shapecalc.homework.sheets import read_sheets
from shapecalc.homework.sheets.columns import heading

KINDS = {
    "params": """No. of parameters|# of parameters|Total no. of parameters|Nb of parameters|Number of learnable parameters
        |Number of trainable parameters|Calculated params|Param. count|Param #|params.total|How many params?|参数量(万)|Weights + biases""",
    "weights": "No. of weights|# weights|权重个数",
    "output_shape": """Activation map dimensions|Feature map dimensions|Activation map size|Output volume shape|Output tensor shape
        |Output feature map size|Feature map size|Output volume|输出特征图的大小|Ausgabegröße|OutputShape""",
    "activations": "Activation size|Number of neurons|激活值尺寸",
    "macs": "Mult-Adds|MMACs|Multiply-accumulates (MACs)",
    "other": "Param %|Input Shape|Kernel Shape|Filter size|number of filters|Comment|% Total|Connected to|Trainable",
    "layer": "Layer (type:depth-idx)|Layer (type (var_name):depth-idx)|Schicht|网络层",
}


@pytest.mark.parametrize(("kind", "texts"), KINDS.items())
def test_headings(kind, texts):
    for text in texts.split("|"):
        found = heading(text.strip())
        assert (found.kind, found.sure) == (kind, True), text


@pytest.mark.parametrize(
    ("text", "unit"),
    [("FLOPs (M)", "M"), ("Params (K)", "K"), ("Memory (KB)", "KB"), ("参数量(万)", "万"), ("参数量（万个）", "万"), ("Memory in MB", "MB"),
     ("FLOPs in millions", "M"), ("GFLOPs", "G"), ("#params (in thousands)", "K"), ("FLOPs (x10^6)", "M"), ("Params", ""),
     ("Padding (P)", "")],
)  # fmt: skip
def test_units(text, unit):
    assert heading(text).unit == unit


def cells(text, names=frozenset(), name="a.csv"):
    (sheet,) = read_sheets(text.encode(), name, "utf-8", names)
    return {row.name: dict(row.cells) for row in sheet.rows}, sheet.problems


def test_a_unit_scales_bare_numbers():
    found, _said = cells("layer,Params (K),FLOPs (M)\nconv1,0.156,0.2352\npool1,0,1.5 G\n")
    assert found == {
        "conv1": {"params": "0.156K", "flops": "0.2352M"},
        "pool1": {"params": "0", "flops": "1.5 G"},
    }
    assert cells("layer;Params (K)\nconv1;2,416\n")[0] == {"conv1": {"params": "2.416K"}}


def test_axes_and_sums_in_columns_of_their_own():
    found, said = cells("layer,H,W,C,weights,biases,total\nCONV1,28,28,6,450,6,456\nFC,,,120,1,2,3\n")
    assert found["CONV1"] == {
        "output_shape": "28x28x6 (HWC)",
        "weights": "450",
        "biases": "6",
        "params": "456",
    }
    assert found["FC"]["output_shape"] == "120" and not said


def test_names_of_the_key_go_first():
    names = frozenset({"conv1", "out"})
    for text, file in (
        ("layer,CONV1,OUT\noutput_shape,28x28x6,10\nparams,456,850\n", "a.csv"),
        ('{"OUT": {"shape": "10", "params": 850}, "CONV1": {"shape": "28x28x6", "params": 456}}', "a.json"),
        ("CONV1: 28x28x6, 456\nOUT: 10, params 850\n", "a.txt"),
    ):
        assert cells(text, names, file)[0]["OUT"] == {"output_shape": "10", "params": "850"}, file


def test_a_class_with_a_row_that_is_a_word_for_columns():
    text = "student_id,CONV1 shape,CONV1 params,OUT params\nmei,28x28x6,456,850\n"
    assert cells(text, frozenset({"conv1", "out"}))[0] == {
        "CONV1": {"output_shape": "28x28x6", "params": "456"},
        "OUT": {"params": "850"},
    }


def test_a_table_of_layers_is_no_class():
    found, said = cells("layer,output_shape,Zorkmids of parameters\nCONV1,28x28x6,456\n")
    assert found == {"CONV1": {"output_shape": "28x28x6", "params": "456"}} and not said
    assert cells("Layer,Output shape,Zorkmids\nCONV1,28x28x6,456\n")[1] == (
        "the column Zorkmids was left out",
    )


def test_exchanged_columns_are_named():
    text = "layer,output_shape,params\nCONV1,456,28x28x6\nPOOL1,0,14x14x6\n"
    assert cells(text)[1] == ("the columns output_shape and params look exchanged",)
