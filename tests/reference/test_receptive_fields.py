"""Receptive fields against those that interval propagation through the PyTorch graphs gave.

tests/data/receptive_fields_computed.csv: size, stride and padding before the first pixel, at named end points. PyTorch
names modules by number or path; the table says which of our rows that is. A residual network's last end point is its
last 3x3 convolution: what follows in the block adds nothing to the field, which is asserted too.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .net import Net, arrived, net, table

DENSENET201 = {"conv4": "48", "conv5": "32"}
RESNET152 = {"conv3": "8", "conv4": "36"}
LAST = "stage4.bottleneck3.main.convbn2.conv1"
END_POINTS: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "lenet5_ng_gray_32": ("lenet5", {}, "0=conv1 2=avgpool1 3=conv2 5=avgpool2"),
    "alexnet_ng_227": ("alexnet", {}, "0=conv1 2=pool1 3=conv2 5=pool2 6=conv3 8=conv4 10=conv5 12=pool5"),
    "nin_cifar10_32": (
        "nin_cifar10",
        {},
        """0=mlpconv1.conv1 2=mlpconv1.conv2 4=mlpconv1.conv3 6=maxpool1 8=mlpconv2.conv1 10=mlpconv2.conv2
        12=mlpconv2.conv3 14=avgpool1 16=mlpconv3.conv1 18=mlpconv3.conv2 20=mlpconv3.conv3""",
    ),
    "mobilenet_v1_224": ("mobilenet_v1", {}, "75=separable13.depthwise1"),
    "tv_alexnet": ("alexnet_torchvision", {}, "features.12=maxpool3"),
    "tv_vgg11": ("vgg11", {}, "features.20=stage5.maxpool1"),
    "tv_vgg16": ("vgg16", {}, "features.30=stage5.maxpool1"),
    "tv_resnet18": ("resnet18", {}, "layer4.1.conv2=stage4.basic2.main.convbn2.conv1"),
    "tv_resnet50": ("resnet50_v1_5", {}, f"layer4.2.conv2={LAST}"),
    "tv_resnet152": ("resnet50_v1_5", RESNET152, f"layer4.2.conv2={LAST}"),
    "tv_resnext50_32x4d": ("resnext50_32x4d", {}, f"layer4.2.conv2={LAST}"),
    "tv_wide_resnet50_2": ("wide_resnet50_2", {}, f"layer4.2.conv2={LAST}"),
    "tv_squeezenet1_1": ("squeezenet1_1", {}, "features.12.expand3x3=fire9.3x3.conv1"),
    "tv_densenet121": ("densenet121", {}, "features.denseblock4.denselayer16.conv2=dense58.new.conv2"),
    "tv_densenet201": (
        "densenet121",
        DENSENET201,
        "features.denseblock4.denselayer32.conv2=dense98.new.conv2",
    ),
    "tv_mnasnet1_0": ("mnasnet", {}, "layers.13.0.layers.3=stack6.inverted1.depthwise1"),
    "tv_mobilenet_v2": ("mobilenet_v2", {}, "features.17.conv.1.0=stage6.bottleneck1.depthwise1"),
    "tv_googlenet_noaux": (
        "googlenet_torchvision",
        {},
        "inception5b.branch2.1.conv=inception5b.3x3.convbn2.conv1",
    ),
    "tv_inception_v3_noaux": (
        "inception_v3",
        {},
        "Mixed_7c.branch3x3dbl_3b.conv=inceptionc2.double.split1.concat1",
    ),
    "plain34_224": ("plain34", {}, "body.15.c2=stage4.convbn6.conv1"),
    "pcv_bninception": (
        "inception_v2",
        {},
        "features.stage3.unit3.branches.branch3.conv3.conv=inception5b.double.convbn3.conv1",
    ),
    "tv_shufflenet_v2_x1_0": (
        "shufflenet_v2_x1_0",
        {},
        "stage4.3.branch2.3=stage3.unit3.worked.look1.depthwise1",
    ),
    "resnet20_cifar_optB": ("resnet_cifar_b", {}, "body.8.c2=stage3.basic3.main.convbn2.conv1"),
}
OTHERS = {
    "tv_convnext_tiny": (
        "",
        "4 + 4 + 8 + 16 + 192 = 224: past its permutations, the shortcuts alone were followed",
    ),
}


def rows() -> list[Mapping[str, str]]:
    return [row for row in table("receptive_fields_computed.csv") if row["model"] in END_POINTS]


def places(model: str) -> tuple[Net, Mapping[str, str]]:
    spec, settings, points = END_POINTS[model]
    return net(spec, **settings), dict(point.split("=") for point in points.split())


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['kind']}-{row['model']}-{row['endpoint']}")
def test_field(row: Mapping[str, str]) -> None:
    network, names = places(row["model"])
    field = network[names[row["endpoint"]]].receptive_field
    assert field is not None
    size, stride, padding = (int(row[key]) for key in ("rf", "eff_stride", "eff_pad"))
    assert (field.size, field.stride, field.padding) == ((size,) * 2, (stride,) * 2, (padding,) * 2)
    if row["kind"] == "computed_final":
        known = [found.receptive_field for found in network.table.rows if found.receptive_field]
        assert known[-1][:3] == field[:3]


def test_every_network_is_compared_or_waits() -> None:
    assert {
        row["model"] for row in table("receptive_fields_computed.csv")
    } == END_POINTS.keys() | OTHERS.keys()
    assert len(rows()) == 46


def test_a_new_network_is_compared() -> None:
    assert arrived({model: name for model, (name, _reason) in OTHERS.items()}) == []


def test_shortcuts_without_weights_see_the_same() -> None:
    """Option A's shortcuts take every second pixel, which is what option B's 1x1 projections look at."""
    assert (
        net("resnet20").rows("add")[-1].receptive_field
        == net("resnet_cifar_b").rows("add")[-1].receptive_field
    )


def test_googlenet_with_5x5_filters() -> None:
    """torchvision has 3x3 for the paper's 5x5, and a fourth pool of 2x2 for the paper's 3x3.

    So the paper's field is larger by (5 - 3)·J in each of its modules, two of J = 8, five of 16 and two of 32, and by
    (3 - 2)·16 in the pool: 379 + 320 + 16.
    """
    field = net("googlenet")["inception5b.concat1"].receptive_field
    assert field is not None and field.size == (715, 715)
