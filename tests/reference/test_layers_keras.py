"""Built-in networks against Keras's layer tables: kind, output, and all stored numbers, running statistics included.

Pitfall: Keras lists the layers of parallel branches interleaved, so only a network without branches can be compared in
order; where there are branches, the layers are compared as a whole and the merges in order.
"""

from __future__ import annotations

import re
from collections import Counter

from .net import DATA, Net, net, table

Line = tuple[str, tuple[int, ...], int]
KINDS = {"conv": "Conv2D", "depthwise": "DepthwiseConv2D", "fc": "Dense", "bn": "BatchNormalization"}


def theirs(name: str, *kinds: str) -> list[Line]:
    """The layers of these kinds; a convolution that leaves one pixel is a dense layer."""
    found = []
    for row in table(f"layers/{name}.csv"):
        shape = tuple(map(int, re.findall(r"\d+", row["out_shape_HWC"])))
        pixel = row["type"] == "Conv2D" and shape[:2] == (1, 1)
        if row["type"] in kinds:
            numbers = int(row["params_incl_bn_stats"])
            found.append(("Dense", shape[2:], numbers) if pixel else (row["type"], shape, numbers))
    return found


def weighted(name: str) -> list[Line]:
    return theirs(name, *KINDS.values(), "SeparableConv2D")


def ours(network: Net, scale: bool = True) -> list[Line]:
    """Our rows in Keras's words; without `scale` a batch normalisation learns its shift only."""
    lines = []
    for row in network.rows(*KINDS):
        shape, numbers = row.output_shape, row.params.total + row.params.buffers
        if row.layer == "bn" and not scale:
            numbers -= row.params.weights
        pixel = row.layer == "conv" and shape[:2] == (1, 1)
        lines.append(("Dense", shape[2:], numbers) if pixel else (KINDS[row.layer], shape, numbers))
    return lines


def separable(lines: list[Line]) -> list[Line]:
    """A depthwise convolution and the 1x1 convolution behind it are one layer."""
    joined: list[Line] = []
    for line in lines:
        if joined and joined[-1][0] == "DepthwiseConv2D":
            line = ("SeparableConv2D", line[1], joined.pop()[2] + line[2])
        joined.append(line)
    return joined


def merges(network: Net, *words: str) -> list[tuple[int, ...]]:
    return [row.output_shape for row in network.rows(*words)]


def test_mobilenet() -> None:
    assert ours(net("mobilenet_v1")) == weighted("keras_MobileNet")


def test_inception_v3() -> None:
    network = net("inception_v3")
    assert Counter(ours(network, scale=False)) == Counter(weighted("keras_InceptionV3"))
    joins = [shape for _kind, shape, _numbers in theirs("keras_InceptionV3", "Concatenate")]
    assert merges(network, "concat") == joins


def test_xception() -> None:
    network = net("xception")
    assert Counter(separable(ours(network))) == Counter(weighted("keras_Xception"))
    joins = [shape for _kind, shape, _numbers in theirs("keras_Xception", "Add", "MaxPooling2D")]
    assert merges(network, "add", "maxpool") == joins


def test_efficientnet() -> None:
    """A gate of squeeze and excitation is two convolutions of one pixel, here and there."""
    network = net("efficientnet_b0")
    assert Counter(ours(network)) == Counter(weighted("keras_EfficientNetB0"))
    joins = [shape for _kind, shape, _numbers in theirs("keras_EfficientNetB0", "Add", "Multiply")]
    assert merges(network, "add", "mul") == joins


def test_every_table_is_compared() -> None:
    copied = {path.stem for path in (DATA / "layers").glob("keras_*.csv")}
    assert copied == {"keras_MobileNet", "keras_InceptionV3", "keras_Xception", "keras_EfficientNetB0"}
