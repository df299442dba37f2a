"""What the notes say of the VGG networks; four of the eight wrong claims are about them."""

from __future__ import annotations

from collections import Counter

from .claim import about, right, rounded, shapes, words, wrong
from .net import across, deep, net, params


def stages(name: str) -> list[int]:
    """Convolutions in each of the five stages."""
    return [sum(row.layer == "conv" for row in net(name).under(f"stage{n}")) for n in range(1, 6)]


def convs(stage: int) -> tuple[int, ...]:
    """The one shape that every convolution of a stage of VGG-16 gives."""
    (shape,) = {row.output_shape for row in net("vgg16").under(f"stage{stage}") if row.layer == "conv"}
    return shape


def halvings() -> tuple[dict[str, int], list[int]]:
    """Which layers of VGG-16 halve the map, and the channels of its stages."""
    halving = [
        row.layer for row in net("vgg16").rows("conv", "maxpool") if across(row)[0] == 2 * across(row)[1]
    ]
    return dict(Counter(halving)), [net("vgg16").shape(f"stage{n}")[-1] for n in range(1, 6)]


def vgg_memory() -> tuple[int, int, int, int]:
    """Parameters of the maps and of the vectors of VGG-16, and their activations."""
    maps, vectors = net("vgg16").rows("conv", "maxpool"), net("vgg16").rows("fc")
    learned = [sum(row.params.total for row in part) for part in (maps, vectors)]
    made = [sum(row.activations for row in part) for part in (maps, vectors)]
    return learned[0], learned[1], made[0], made[1]


CLAIMS = {
    **shapes("""
        S001-64 vgg16 stage1.maxpool1 112x112x64
        S001-66 vgg16 stage2.maxpool1 56x56x128
        S001-68 vgg16 stage3.maxpool1 28x28x256
        S001-70 vgg16 stage4.maxpool1 14x14x512
        S001-72 vgg16 stage5.maxpool1 7x7x512
        S001-73 vgg16 fc6.flatten     25088
        S004-09 vgg16 softmax1        1000
    """),
    "S000-06": right(64, lambda: net("vgg16").shape("stage1.conv1")[-1]),
    "S000-07": right(16, lambda: deep("vgg16")),
    "S000-08": wrong(
        "per layer",
        ({"maxpool": 5}, [64, 128, 256, 512, 512]),
        halvings,
        instead=({"conv": 13, "maxpool": 5}, [64, 128, 256, 512, 1024]),
    ),
    "S001-62": right((13, 5, 3), lambda: tuple(len(net("vgg16").rows(w)) for w in ("conv", "maxpool", "fc"))),
    "S001-63": right((224, 224, 64), lambda: convs(1)),
    "S001-65": right((112, 112, 128), lambda: convs(2)),
    "S001-67": right((56, 56, 256), lambda: convs(3)),
    "S001-69": right((28, 28, 512), lambda: convs(4)),
    "S001-71": right((14, 14, 512), lambda: convs(5)),
    "S001-74": words(
        102_760_448,
        (102_760_448, 102_764_544),
        lambda: (net("vgg16")["fc6"].params.weights, net("vgg16")["fc6"].params.total),
    ),
    "S001-75": words("most", 0.7427, lambda: round(net("vgg16")["fc6"].params.total / params("vgg16"), 4)),
    "S001-76": about(
        (16, 19, 8),
        {"vgg16": 16, "vgg19": 19, "alexnet": 8, "vgg11": 11, "vgg13": 13},
        lambda: {name: deep(name) for name in ("vgg11", "vgg13", "vgg16", "vgg19", "alexnet")},
    ),
    "S001-77": about(
        (2, 3),
        [[2, 2, 3, 3, 3], [2, 2, 4, 4, 4], [1, 1, 2, 2, 2]],
        lambda: [stages(name) for name in ("vgg16", "vgg19", "vgg11")],
    ),
    "S001-78": rounded(138_000_000, 138_357_544, 0.003, lambda: params("vgg16")),
    "S001-79": words("qualitative", (14_714_688, 123_642_856, 15_077_888, 9192), vgg_memory),
    "S002-03": rounded(138_000_000, 138_357_544, 0.003, lambda: params("vgg16")),
    "S002-04": wrong(
        "per conv",
        [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512],
        lambda: [row.output_shape[-1] for row in net("vgg16").rows("conv")],
        instead=[64 * 2**n for n in range(13)],
    ),
    "S002-05": words(
        "halved", [112, 56, 28, 14, 7], lambda: [row.output_shape[0] for row in net("vgg16").rows("maxpool")]
    ),
    "S002-06": right(16, lambda: deep("vgg16")),
    "S003-06": right((224, 224, 64), lambda: convs(1)),
    "S003-07": words("halved", (112, 112, 64), lambda: net("vgg16").shape("stage1.maxpool1")),
    "S004-08": wrong(16, 13, lambda: len(net("vgg16").rows("conv"))),
    "S004-10": wrong(13_000_000, 138_357_544, lambda: params("vgg16")),
    "S004-11": about("same order", 2.218, lambda: round(params("vgg16") / params("alexnet"), 3)),
}
