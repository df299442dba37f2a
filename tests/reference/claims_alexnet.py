"""What the notes say of AlexNet, and of ZFNet beside it."""

from __future__ import annotations

from typing import Any

from .claim import about, right, shapes, unclear
from .net import across, deep, net, params


def windows(name: str) -> list[tuple[int, int]]:
    """Filter and stride of the first two convolutions."""
    return [(row.options["kernel"][0], row.options["stride"][0]) for row in net(name).rows("conv")[:2]]


def alexnet_params() -> tuple[int, int]:
    return params("alexnet"), params("alexnet_two_towers")


def zfnet_against_alexnet() -> Any:
    steps = ("input", "conv1", "pool1", "conv2", "pool2", "pool5")
    sides = [net("zfnet").shape(name)[0] for name in steps]
    return windows("alexnet"), windows("zfnet"), sides, params("alexnet"), params("zfnet")


CLAIMS = {
    **shapes("""
        S001-49 alexnet conv1       55x55x96
        S001-50 alexnet pool1       27x27x96
        S001-51 alexnet conv2       27x27x256
        S001-52 alexnet pool2       13x13x256
        S001-53 alexnet conv3       13x13x384
        S001-54 alexnet conv4       13x13x384
        S001-55 alexnet conv5       13x13x256
        S001-56 alexnet pool5       6x6x256
        S001-57 alexnet fc6.flatten 9216
        S001-58 alexnet softmax1    1000
        S003-03 alexnet conv1       55x55x96
        S003-04 alexnet pool1       27x27x96
        S004-04 alexnet input       227x227x3
    """),
    "S000-04": about(
        "unchanged",
        [(227, 55), (27, 27), (13, 13), (13, 13), (13, 13)],
        lambda: [across(row) for row in net("alexnet").rows("conv")],
    ),
    "S000-05": about(
        "halved",
        [(55, 27), (27, 13), (13, 6)],
        lambda: [across(row) for row in net("alexnet").rows("maxpool")],
    ),
    "S001-48": right(8, lambda: deep("alexnet")),
    "S001-59": unclear(  # a crop of 224 does not give the 55 of the notes' next line; 227 does
        "224x224 crops but 227x227 input",
        (54, 55),
        lambda: (net("alexnet", "224x224x3").shape("conv1")[0], net("alexnet").shape("conv1")[0]),
    ),
    "S001-94": about(
        ((11, 11), 4, (7, 7), 2),
        ([(11, 4), (5, 1)], [(7, 2), (5, 2)], [224, 110, 55, 26, 13, 6], 62_378_344, 62_357_608),
        zfnet_against_alexnet,
    ),
    "S002-02": about(60_000_000, (62_378_344, 60_965_224), alexnet_params, within=0.04),
    "S003-05": right(
        ((6, 6, 256), 9216), lambda: (net("alexnet").shape("pool5"), net("alexnet").shape("fc6.flatten")[0])
    ),
    "S004-05": about(60_000_000, (62_378_344, 60_965_224), alexnet_params, within=0.04),
    "S004-06": about(1000, 1010.9, lambda: round(params("alexnet") / params("lenet5"), 1), within=0.011),
}
