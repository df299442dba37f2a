"""Rows of a sheet against the layers of a key, as LeNet tables really name them."""

import pytest

from shapecalc.homework.answers import AnswerRow
from shapecalc.homework.matching import KeyRow, match_rows

LENET = "conv1:conv maxpool1:maxpool conv2:conv maxpool2:maxpool fc1.flatten:flatten fc1:fc fc2:fc fc3:fc"
PAPER = "c1:conv s2:trainablepool c3:conv s4:trainablepool c5:conv f6:fc out:fc"
BIG = "conv1 maxpool1 conv2 maxpool2 fc1 fc2 fc3"


def match(names, key=LENET, aliases=None):
    layers = [KeyRow(*pair.split(":")) for pair in key.split()]
    rows = [AnswerRow(name.strip(), {}) for name in names.split("|")]
    return match_rows(rows, layers, aliases)


@pytest.mark.parametrize(
    "names",
    [
        "CONV1|POOL1|CONV2|POOL2|FC3|FC4|Softmax",  # the course's own table
        "CONV1|POOL1|CONV2|POOL2|FC3|FC4|OUT",
        "conv1|pool1|conv2|pool2|fc1|fc2|fc3",
        "C1|S2|C3|S4|F5|F6|OUTPUT",
        "C1|S1|C2|S2|F3|F4|F5",
        "Conv-1|Max Pool 1|conv 2|max pooling 2|Dense 1|Dense 2|Dense 3",
        "conv2d|max_pooling2d|conv2d_1|max_pooling2d_1|dense|dense_1|dense_2",
        "conv0|pool0|conv1|pool1|fc0|fc1|fc2",
        "卷积层1|池化层1|卷积层2|池化层2|全连接层1|全连接层2|输出层",
        "第一层卷积|第一层池化|第二层卷积|第二层池化|全连接1|全连接2|全连接3",
        "CONV-5-6|POOL-2|CONV-5-16|POOL-2|FC-120|FC-84|FC-10",
        "ＣＯＮＶ１|ｐｏｏｌ１|CONV2|POOL2|FC1|FC2|FC3",
    ],
)
def test_lenet(names):
    found = match(names)
    assert {layer: row.name for layer, row in found.rows.items()} == dict(zip(BIG.split(), names.split("|")))
    assert found.unmatched == ()


def test_order_of_rows_does_not_matter_where_names_agree():
    assert {k: r.name for k, r in match("fc3|conv2|conv1").rows.items()} == {
        "conv1": "conv1",
        "conv2": "conv2",
        "fc3": "fc3",
    }


def test_the_paper():
    names = "C1|S2|C3|S4|C5|F6|OUTPUT"
    assert [r.name for r in match(names, PAPER).rows.values()] == names.split("|")


def test_total_input_and_extra_rows():
    found = match("Input|CONV1|ReLU1|POOL1|CONV2|POOL2|Flatten|FC3|FC4|Softmax|Total")
    assert found.total is not None
    assert found.total.name == "Total"
    assert [r.name for r in found.spare] == ["Input", "ReLU1"]
    assert found.rows["fc1.flatten"].name == "Flatten"
    assert found.rows["fc3"].name == "Softmax"
    assert match("合计").total is not None
    assert match("total", "total:add").rows.keys() == {"total"}


def test_softmax_of_its_own():
    key = LENET + " softmax1:softmax"
    assert match("fc1|fc2|fc3|softmax", key).rows["softmax1"].name == "softmax"
    assert match("fc1|fc2|softmax", key).rows["fc3"].name == "softmax"


def test_declared_aliases():
    aliases = {"fc1": ["FC3"], "fc2": ["FC5"]}
    assert {k: r.name for k, r in match("FC3|FC5", aliases=aliases).rows.items()} == {
        "fc1": "FC3",
        "fc2": "FC5",
    }
    assert {
        k: r.name for k, r in match("first|last", aliases={"conv1": ["First"], "fc3": ["last"]}).rows.items()
    } == {
        "conv1": "first",
        "fc3": "last",
    }


def test_place():
    found = match("|".join(f"layer {n}" for n in range(1, 9)))
    assert list(found.by_place) == [pair.split(":")[0] for pair in LENET.split()]
    assert match("conv1|something|conv2|pool2").by_place == ("maxpool1",)


def test_what_fits_nothing_is_handed_back():
    found = match("CONV1|CONV2|CONV3|bananas")
    assert [r.name for r in found.unmatched] == ["CONV3", "bananas"]
    assert list(found.rows) == ["conv1", "conv2"]


def test_rows_of_one_name():
    key = "conv1:conv conv2:conv maxpool1:maxpool conv3:conv maxpool2:maxpool"
    found = match("conv3-64|conv3-64|maxpool|conv3-128|maxpool", key)
    assert list(found.rows) == ["conv1", "conv2", "maxpool1", "conv3", "maxpool2"]
    assert found.unmatched == ()


ALEXNET = "conv1:conv maxpool1:maxpool conv2:conv maxpool2:maxpool conv3:conv conv4:conv conv5:conv maxpool3:maxpool fc1:fc fc2:fc fc3:fc"


def test_alexnet():
    names = "CONV1|POOL1|CONV2|POOL2|CONV3|CONV4|CONV5|POOL5|FC6|FC7|FC8"
    assert [r.name for r in match(names, ALEXNET).rows.values()] == names.split("|")
    assert {k: r.name for k, r in match("conv5|pool5|fc6", ALEXNET).rows.items()} == {
        "conv5": "conv5",
        "maxpool3": "pool5",
        "fc1": "fc6",
    }
