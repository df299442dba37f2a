"""Totals of the built-in networks against what torchvision and Keras state of their own models.

tests/data/torchvision_meta.csv (the weights' `num_params` and `_ops`, in 10^9 MACs to three digits) and keras_meta.csv
(keras.io's table, where the parameters include running statistics).
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .net import WEIGHTED, arrived, net, table


def regnet(depths: str, widths: str, group: int) -> tuple[str, Mapping[str, str]]:
    """Radosavovic et al. 2020, Table 4: blocks and channels of the four stages, and channels of a group."""
    settings = {f"d{n}": text for n, text in enumerate(depths.split(), 1)}
    settings |= {f"w{n}": text for n, text in enumerate(widths.split(), 1)}
    return "regnet_x_400mf", {**settings, "g": str(group)}


B3 = {"width": "1.2", "depth": "1.4", "image": "300x300x3"}
B5 = {"width": "1.6", "depth": "2.2", "image": "456x456x3"}
TORCHVISION: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "alexnet": ("alexnet_torchvision", {}),
    "convnext_base": ("convnext_tiny", {"width": "128", "depth": "27"}),
    "convnext_tiny": ("convnext_tiny", {}),
    "densenet121": ("densenet121", {}),
    "densenet201": ("densenet121", {"conv4": "48", "conv5": "32"}),
    "efficientnet_b0": ("efficientnet_b0", {}),
    "efficientnet_b3": ("efficientnet_b0", B3),
    "efficientnet_b5": ("efficientnet_b0", B5),
    "googlenet": ("googlenet_torchvision", {}),
    "mnasnet1_0": ("mnasnet", {}),
    "mobilenet_v2": ("mobilenet_v2", {}),
    "mobilenet_v3_small": ("mobilenet_v3_small", {}),
    "regnet_x_400mf": ("regnet_x_400mf", {}),
    "regnet_x_800mf": regnet("1 3 7 5", "64 128 288 672", 16),
    "regnet_x_1_6gf": regnet("2 4 10 2", "72 168 408 912", 24),
    "regnet_x_3_2gf": regnet("2 6 15 2", "96 192 432 1008", 48),
    "regnet_x_8gf": regnet("2 5 15 1", "80 240 720 1920", 120),
    "regnet_x_16gf": regnet("2 6 13 1", "256 512 896 2048", 128),
    "regnet_x_32gf": regnet("2 7 13 1", "336 672 1344 2520", 168),
    "resnet18": ("resnet18", {}),
    "resnet34": ("resnet34", {}),
    "resnet50": ("resnet50_v1_5", {}),
    "resnet152": ("resnet50_v1_5", {"conv3": "8", "conv4": "36"}),
    "resnext50_32x4d": ("resnext50_32x4d", {}),
    "resnext101_32x8d": ("resnext50_32x4d", {"conv4": "23", "widen": "4"}),
    "shufflenet_v2_x1_0": ("shufflenet_v2_x1_0", {}),
    "shufflenet_v2_x2_0": ("shufflenet_v2_x1_0", {"stage2": "244", "last": "2048"}),
    "squeezenet1_1": ("squeezenet1_1", {}),
    "vgg11": ("vgg11", {}),
    "vgg13_bn": ("vgg16_bn", {"deep": "2"}),
    "vgg16": ("vgg16", {}),
    "vit_b_16": ("vit_b_16", {}),
    "vit_l_32": ("vit_b_16", {"patch": "32", "d": "1024", "heads": "16", "depth": "24"}),
    "vgg16_bn": ("vgg16_bn", {}),
    "wide_resnet50_2": ("wide_resnet50_2", {}),
}
KERAS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "DenseNet121": ("densenet121", {}),
    "DenseNet201": ("densenet121", {"conv4": "48", "conv5": "32"}),
    "EfficientNetB0": ("efficientnet_b0", {}),
    "EfficientNetB3": ("efficientnet_b0", B3),
    "EfficientNetB5": ("efficientnet_b0", B5),
    "MobileNet": ("mobilenet_v1", {}),
    "ResNet50": ("resnet50_keras", {}),
    "VGG16": ("vgg16", {}),
    "Xception": ("xception", {}),
}
NOT_BUILT_IN = [
    "deeplabv3_mobilenet_v3_large",
    "fcn_resnet50",
    "maxvit_t",
    "r3d_18",
    "swin_b",
    "swin_t",
    "swin_v2_t",
]


@pytest.mark.parametrize("model", TORCHVISION)
def test_torchvision(model: str) -> None:
    spec, settings = TORCHVISION[model]
    found = [row for row in table("torchvision_meta.csv") if row["model"] == model]
    assert found
    for row in found:
        side = row["computed_input"].rpartition("x")[2]
        image = {"image": f"{side}x{side}x3"} if len(found) > 1 else {}
        network = net(spec, **{**image, **settings})
        assert network.total.params.total == int(row["num_params"]) == int(row["computed_params"])
        assert network.total.macs == int(row["computed_macs"])
        assert round(network.total.macs / 10**9, 3) == float(row["ops_gmacs"])
        modules = [row for row in network.rows(*WEIGHTED) if ".mha" not in row.name]  # attention's are none
        assert len(modules) == int(row["computed_weight_layers"])
        outputs = sum(found.activations for found in modules)
        assert outputs == int(row["computed_conv_linear_out_elems"])


@pytest.mark.parametrize("model", KERAS)
def test_keras(model: str) -> None:
    spec, settings = KERAS[model]
    params = net(spec, **settings).total.params
    (row,) = (row for row in table("keras_meta.csv") if row["model"] == model)
    stored = params.buffers + 7 * model.startswith(
        "EfficientNet"
    )  # it normalises its input: 3 + 3 + 1 numbers
    assert (params.total, stored) == (int(row["trainable"]), int(row["non_trainable"]))
    assert params.total + stored == int(row["published_keras_io"]) == int(row["params_total_incl_bn_stats"])


def test_keras_inception_v3() -> None:
    """Its batch normalisation learns no scale."""
    network = net("inception_v3")
    scales = sum(row.params.weights for row in network.rows("bn"))
    (row,) = (row for row in table("keras_meta.csv") if row["model"] == "InceptionV3")
    assert network.total.params.total - scales == int(row["trainable"])
    assert network.total.params.buffers == int(row["non_trainable"])


def test_torchvision_inception_v3() -> None:
    """torchvision counts the parameters of the auxiliary head (Szegedy et al. 2015, Figure 8), but not its MACs."""
    network = net("inception_v3")
    (row,) = (row for row in table("torchvision_meta.csv") if row["model"] == "inception_v3")
    head = net("inception_v3_aux")
    assert network.total.params.total + head.total.params.total == int(row["num_params"])
    assert network.total.macs == int(row["computed_macs"])


def test_every_model_is_compared_or_waits() -> None:
    stated = {row["model"] for file in ("torchvision_meta.csv", "keras_meta.csv") for row in table(file)}
    by_hand = {"inception_v3", "InceptionV3"}
    assert stated == {*TORCHVISION, *KERAS, *NOT_BUILT_IN, *by_hand}
    assert arrived({name: name for name in NOT_BUILT_IN}) == []
