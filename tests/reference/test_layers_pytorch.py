"""Built-in networks, row by row and in order, against the modules that PyTorch runs (torchvision, pytorchcv)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from shapecalc.report.table import Row

from .net import DATA, arrived, channels_last, net, sizes, table

Line = tuple[Any, ...]
MODULES = {
    "Conv2d": "conv",
    "Linear": "fc",
    "BatchNorm1d": "bn",
    "BatchNorm2d": "bn",
    "MaxPool2d": "maxpool",
    "AvgPool2d": "avgpool",
    "ReLU": "relu",
    "ReLU6": "relu6",
    "SiLU": "silu",
    "Hardswish": "hardswish",
    "Hardsigmoid": "hardsigmoid",
    "Sigmoid": "sigmoid",
    "GELU": "gelu",
    "LayerNorm": "layernorm",
    "LayerNorm2d": "layernorm",
}
CHANNELS_LAST = ("Linear", "GELU", "LayerNorm")
"""Modules that are handed sequences, or maps whose channels were put last."""
TABLES = {
    "alexnet_ng_227": ("alexnet", ""),
    "lenet5_ng_gray_32": ("lenet5", ""),
    "lenet5_ng_rgb_32": ("lenet5_rgb", ""),
    "mobilenet_v1_1_224": ("mobilenet_v1", ""),
    "nin_cifar10_32": ("nin_cifar10", ""),
    "pcv_bninception": ("inception_v2", ""),
    "pcv_inceptionresnetv1": ("inception_resnet_v1", ""),
    "plain34_224": ("plain34", "relu"),
    "resnet20_cifar_optA_32": ("resnet20", "relu"),
    "resnet56_cifar_optA_32": ("resnet56", "relu"),
    "tv_alexnet": ("alexnet_torchvision", ""),
    "tv_densenet121": ("densenet121", "relu"),
    "tv_efficientnet_b0": ("efficientnet_b0", ""),
    "tv_googlenet_noaux": ("googlenet_torchvision", "relu"),
    "tv_inception_v3_noaux": ("inception_v3", "relu maxpool avgpool"),
    "tv_mobilenet_v2": ("mobilenet_v2", ""),
    "tv_mobilenet_v3_small": ("mobilenet_v3_small", ""),
    "tv_resnet18": ("resnet18", ""),
    "tv_resnet50": ("resnet50_v1_5", ""),
    "tv_resnext50_32x4d": ("resnext50_32x4d", ""),
    "tv_squeezenet1_1": ("squeezenet1_1", ""),
    "tv_shufflenet_v2_x1_0": ("shufflenet_v2_x1_0", ""),
    "tv_convnext_tiny": ("convnext_tiny", ""),
    "tv_vgg16": ("vgg16", ""),
    "tv_vit_b_16": ("vit_b_16", ""),
}
"""Table → built-in network, and what is called there as a function, now and then or always, and so has no row."""
NOT_COMPARED = {
    "tv_swin_t": "swin_t",
}
"""Tables of networks that are not built in: copied and compared when there is a file of that name."""


def pair(text: str) -> tuple[int, ...]:
    """3 or 1x7 as two numbers."""
    return sizes(text) if "x" in text else (int(text), int(text))


def both(text: str) -> tuple[tuple[int, int], ...]:
    """Padding of each axis, before and after."""
    return tuple((p, p) for p in pair(text))


def module(row: Mapping[str, str]) -> Line:
    """A PyTorch module: word, input, output, parameters, MACs, values, settings."""
    word = MODULES[row["type"]]
    options: Line = ()
    given = dict(item.split("=") for item in row["cfg"].split(";")) if row["cfg"] else {}
    if word == "conv":
        k, s, p, d = (given[letter] for letter in "kspd")
        options = (pair(k), pair(s), both(p), pair(d), int(given["g"]), given["bias"])
    elif word in ("maxpool", "avgpool"):
        options = (pair(given["k"]), pair(given["s"]), both(given["p"]))
    elif word == "fc":
        options = (given["bias"],)
    x, y = (sizes(row[key]) for key in ("in_shape", "out_shape"))
    if row["type"] not in CHANNELS_LAST:
        x, y = channels_last(x), channels_last(y)
    if word == "layernorm" and x[:2] == (1, 1):  # a vector is a map of one pixel there
        x, y = x[2:], y[2:]
    return word, x, y, int(row["params"]), int(row["macs"]), int(row["out_elems"]), options


def line(row: Row) -> Line:
    """The same of one of our rows."""
    word, o = {"depthwise": "conv", "linear": "fc"}.get(row.layer, row.layer), row.options
    options: Line = ()
    if word == "conv":
        groups = o["groups"] if row.layer == "conv" else row.input_shapes[0][-1]
        options = (o["kernel"], o["stride"], o["padding"], o["dilation"], groups, str(o["bias"]))
    elif word in ("maxpool", "avgpool"):
        options = (o["kernel"], o["stride"], o["padding"])
    elif word == "fc":
        options = (str(o["bias"]),)
    return word, row.input_shapes[0], row.output_shape, row.params.total, row.macs, row.activations, options


def is_global(line: Line) -> bool:
    """A pool over the whole map, a layer of its own here and an AvgPool2d in pytorchcv."""
    return bool(line[0] == "avgpool" and line[2][:2] == (1, 1))


@pytest.mark.parametrize("name", TABLES)
def test_rows(name: str) -> None:
    spec, called = TABLES[name]
    compared = set(MODULES.values()) - set(called.split())
    theirs = [module(row) for row in table(f"layers/{name}.csv") if MODULES.get(row["type"]) in compared]
    ours = [line(row) for row in net(spec).table.rows if ".mha" not in row.name]  # no modules there
    assert [found for found in ours if found[0] in compared and not is_global(found)] == [
        found for found in theirs if not is_global(found)
    ]


def test_every_table_is_compared() -> None:
    copied = {path.stem for path in (DATA / "layers").glob("*.csv")}
    assert {name for name in copied if not name.startswith(("keras_", "onnx_"))} == TABLES.keys()


def test_a_new_network_brings_its_table() -> None:
    assert arrived(NOT_COMPARED) == []
