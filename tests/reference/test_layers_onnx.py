"""Built-in networks against the light models of the onnx package, node by node; shapes are those that onnx infers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from shapecalc.report.table import Row

from .net import DATA, channels_last, net, sizes, table

Line = tuple[Any, ...]
OPS = {
    "Conv": "conv",
    "Gemm": "fc",
    "BatchNormalization": "bn",
    "Relu": "relu",
    "LRN": "lrn",
    "MaxPool": "maxpool",
    "Sum": "add",
    "Concat": "concat",
}
MODELS = {
    "onnx_light_resnet50": "resnet50_v1_5",
    "onnx_light_squeezenet": "squeezenet1_1",
    "onnx_light_vgg19": "vgg19",
}


def numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def node(row: Mapping[str, str]) -> Line:
    """A node: word, output, parameters, MACs, and a convolution's settings."""
    options: Line = ()
    if row["op"] == "Conv":
        given = dict(item.split("=") for item in row["attrs"].split(";"))
        top, left, bottom, right = numbers(given.get("pads", "0 0 0 0"))
        groups = int(given.get("group", "1"))
        options = (
            numbers(given["kernel_shape"]),
            numbers(given["strides"]),
            ((top, bottom), (left, right)),
            groups,
        )
    shape = channels_last(sizes(row["out_shape"])[1:])
    return OPS[row["op"]], shape, int(row["params"]), int(row["macs"]), options


def line(row: Row) -> Line:
    """The same of one of our rows."""
    names = ("kernel", "stride", "padding", "groups") if row.layer == "conv" else ()
    return row.layer, row.output_shape, row.params.total, row.macs, tuple(row.options[name] for name in names)


def nodes(name: str, *words: str) -> list[Line]:
    return [node(row) for row in table(f"layers/{name}.csv") if OPS.get(row["op"]) in words]


@pytest.mark.parametrize("name", MODELS)
def test_nodes(name: str) -> None:
    words = OPS.values()
    assert list(map(line, net(MODELS[name]).rows(*words))) == nodes(name, *words)


def test_alexnet() -> None:
    """On 224 unpadded pixels conv1 gives 54; the model pads its last pool to reach the fc layers' 9216 all the same."""
    maps, vectors = net("alexnet_two_towers", "224x224x3"), net("alexnet_two_towers")
    before = ("conv", "relu", "lrn")
    assert list(map(line, maps.rows(*before)))[:12] == nodes("onnx_light_bvlc_alexnet", *before)[:12]
    assert [row.output_shape[:2] for row in maps.rows("maxpool")] == [(26, 26), (12, 12), (5, 5)]
    pools = nodes("onnx_light_bvlc_alexnet", "maxpool")
    assert [shape[:2] for _word, shape, *_rest in pools] == [(26, 26), (12, 12), (6, 6)]
    assert list(map(line, vectors.rows("fc"))) == nodes("onnx_light_bvlc_alexnet", "fc")


def test_every_table_is_compared() -> None:
    copied = {path.stem for path in (DATA / "layers").glob("onnx_*.csv")}
    assert copied == {*MODELS, "onnx_light_bvlc_alexnet"}
