"""Networks as Python objects: numbers, layers by name, other sizes, worked derivations, notebooks, and refusals."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import shapecalc
from shapecalc import SpecError, UsageError

TWO = """\
input: {left: 32x32x1, right: 32x32x1}
layers:
  - conv: {filters: 8, kernel: 5, from: left, name: a}
  - conv: {filters: 8, kernel: 5, from: right, name: b}
  - concat: [a, b]
"""


@pytest.fixture(scope="module")
def resnet() -> shapecalc.Network:
    return shapecalc.load("resnet50")


def test_totals_are_those_that_are_published(resnet: shapecalc.Network) -> None:
    """He et al. 2015, Table 1: 3.8 · 10⁹ multiply-adds; torchvision and Keras: 25.6M parameters."""
    assert (resnet.params, resnet.macs, resnet.output) == (25_557_032, 3_857_973_248, (1000,))
    assert resnet.flops == 2 * resnet.macs
    assert shapecalc.load("resnet50", conv4=23).params == 44_549_160  # torchvision, resnet101
    assert shapecalc.load("resnet50", batch=2).macs == 2 * resnet.macs


def test_rows_are_layers_in_order(resnet: shapecalc.Network) -> None:
    rows = resnet.rows()
    assert len(rows) == len(resnet) == len(list(resnet))
    assert (rows[0].name, rows[0].layer, rows[0].output) == ("convbn1.conv1", "conv", (112, 112, 64))
    assert sum(row.params for row in rows) == resnet.params
    assert sum(row.macs for row in rows) == resnet.macs


def test_a_layer_or_a_block_by_name(resnet: shapecalc.Network) -> None:
    conv = resnet["convbn1.conv1"]
    assert (conv.params, conv.macs, conv.inputs) == (9_408, 118_013_952, ((224, 224, 3),))
    assert conv.receptive_field is not None and conv.receptive_field.size == (7, 7)
    assert resnet["stage4"].output == (7, 7, 2048) and resnet["stage4"].layer == ""
    assert "stage4" in resnet and "convbn1.conv1" in resnet and "stage9" not in resnet
    assert repr(conv) == "<convbn1.conv1: conv, output 112×112×64, params 9408, MACs 118013952>"
    with pytest.raises(KeyError, match=r"no layer is called stage9; did you mean stage\d\?"):
        resnet["stage9"]


def test_other_sizes(resnet: shapecalc.Network) -> None:
    assert resnet.at(H=256, W=256)["stage4"].output == (8, 8, 2048)
    assert resnet.at(H=256)["stage4"].output == (8, 8, 2048)  # square stays square
    assert resnet.at(conv4=23).params == 44_549_160
    letters = shapecalc.load("vgg16", symbolic="H")
    assert (
        letters.params.at({"H": 224}) == letters.at(H=224).params == 138_357_544
    )  # Simonyan & Zisserman, Table 2
    with pytest.raises(SpecError, match="does not fit"):
        letters.at(H=31)
    two = shapecalc.load(TWO, input={"left": (30, 30, 1), "right": "30x30x1"})
    assert two.inputs == {"left": (30, 30, 1), "right": (30, 30, 1)} and two.output == (26, 26, 16)


def test_a_closed_form_in_a_shape_stands_in_parentheses() -> None:
    network = shapecalc.load("input: 10xWx3\nlayers:\n  - conv: {filters: 8, kernel: 3}\n")
    assert "output 8×(W − 2)×8" in repr(network) and "output 8×(W − 2)×8" in repr(network["conv1"])
    assert "10×W×3 → 8×(W − 2)×8" in str(network.explain())


def test_explained(resnet: shapecalc.Network) -> None:
    explained = resnet["convbn1.conv1"].explain("params")
    assert "F_H·F_W·C_in·C_out = 7·7·3·64 = 9,408" in str(explained)
    assert [step.key for step in explained.steps["convbn1.conv1"]] == ["weights", "params"]
    assert explained._repr_html_().startswith('<div class="worked">')
    assert r"\cdot" in explained._repr_latex_()


def test_a_notebook_shows_the_table_and_keeps_its_own_style(resnet: shapecalc.Network) -> None:
    page = resnet._repr_html_()
    assert page.startswith('<div class="shapecalc">') and page.endswith("</div>\n")
    assert "<td class=n>25,557,032</td>" in page
    assert all(line.startswith(".shapecalc ") for line in page.splitlines()[2:12] if "{" in line)
    assert "(body)" not in page
    assert resnet._repr_latex_().startswith("% \\usepackage{booktabs}")


def test_columns_are_those_of_the_command_line(resnet: shapecalc.Network) -> None:
    assert resnet.show("csv", columns=["params.total"]).splitlines()[2] == "convbn1.conv1,9408"
    assert resnet.show("csv", columns="params").startswith("name,params.weights,params.biases,params.total")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch": -1}, "a batch is a whole number from 1 to 1,000,000,000, or a letter, not -1"),
        ({"batch": 0}, "a batch is a whole number"),
        ({"batch": 2.5}, "a batch is a whole number"),
        ({"batch": True}, "a batch is a whole number"),
        ({"dtype": "fp64"}, "there is no dtype fp64"),
        ({"layout": "NCHW"}, "there is no layout NCHW"),
    ],
)
def test_refusals_of_load(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        shapecalc.load("lenet5", **options)


def test_refusals_of_a_network(resnet: shapecalc.Network) -> None:
    with pytest.raises(UsageError, match="there is no quantity parms"):
        resnet.explain("parms")
    with pytest.raises(UsageError, match="there is no format xml"):
        resnet.show("xml")
    with pytest.raises(UsageError, match="there is no column parms"):
        resnet.show(columns=["parms"])
    with pytest.raises(UsageError, match="has no parameter and no axis Q"):
        resnet.at(Q=3)


def test_an_answer_can_be_copied(resnet: shapecalc.Network) -> None:
    explained = resnet["convbn1.conv1"].explain()
    assert str(copy.copy(explained)) == str(explained)
