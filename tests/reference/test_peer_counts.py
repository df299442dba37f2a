"""The truth beside which a dozen counters were put: products, additions and comparisons of the textbook loops.

Source: reference/peer_counts.md, column "True", written out by hand there; batch 1, eval mode, taps on padding counted.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .net import net

MAP = "input: 56x56x64\nlayers:\n"
SQUARE = "input: 16x16x64\nlayers:\n  - convtranspose: "
OPERATIONS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "batch norm": (MAP + "  - bn\n", {"mul": 200_704, "add": 200_704}),
    "max pool": (MAP + "  - maxpool: {kernel: 3, stride: 2}\n", {"max": 373_248}),
    "average pool": (MAP + "  - avgpool: 2\n", {"add": 150_528, "div": 50_176}),
    "relu": (MAP + "  - relu\n", {"max": 200_704}),
}
MACS = {
    "5x5": ("inception_naive_5x5", 120_422_400),
    "5x5 behind a bottleneck": ("inception_bottleneck_5x5", 12_443_648),
    "transposed": (SQUARE + "{filters: 32, kernel: 4, stride: 2, padding: 1}\n", 8_388_608),
    "transposed, 4 groups": (
        SQUARE + "{filters: 32, kernel: 4, stride: 2, padding: 1, groups: 4}\n",
        2_097_152,
    ),
    "linear at 100 places": ("input: 100x512\nlayers:\n  - linear: 10\n", 512_000),
    "LeNet-5 on colour": ("lenet5_rgb", 651_720),
    "torchvision's AlexNet": ("alexnet_torchvision", 714_188_480),
    "VGG-16": ("vgg16", 15_470_264_320),
    "torchvision's ResNet-50": ("resnet50_v1_5", 4_089_184_256),
    "torchvision's GoogLeNet": ("googlenet_torchvision", 1_498_376_192),
    "Inception v3": ("inception_v3", 5_713_216_096),
    "MobileNet v2": ("mobilenet_v2", 300_774_272),
}


@pytest.mark.parametrize("case", OPERATIONS)
def test_operations(case: str) -> None:
    spec, counted = OPERATIONS[case]
    assert net(spec).total.ops == counted


def test_softmax() -> None:
    """1,000 exponentials, 999 additions, 1,000 divisions; the stable form finds and subtracts the largest first."""
    ops = net("input: [1000]\nlayers:\n  - softmax\n").total.ops
    assert ops == {"exp": 1000, "add": 999, "div": 1000, "max": 999, "sub": 1000}


@pytest.mark.parametrize("case", MACS)
def test_macs(case: str) -> None:
    spec, macs = MACS[case]
    assert net(spec).total.macs == macs


def test_bias_is_an_addition() -> None:
    """The 5x5 convolution with biases: 25,088 additions more, and not one product."""
    row = "input: 28x28x192\nlayers:\n  - conv: {{filters: 32, kernel: 5, padding: same, bias: {bias}}}\n"
    without, biased = (net(row.format(bias=word)).total for word in ("false", "true"))
    assert biased.macs == without.macs == 120_422_400
    assert biased.ops["add"] - without.ops["add"] == 25_088
