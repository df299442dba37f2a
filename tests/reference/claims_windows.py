"""What the notes say of one layer: sizes, padding, strides, pools, weights and biases."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from shapecalc.formula import Formula
from shapecalc.layers import _window

from .claim import about, right, unclear, words, wrong
from .net import net, refused

CONV = """
params: {filters: 1, f: size, s: 1, p: 0, bias: true}
input: 5x5x1
layers:
  - conv: {filters: filters, kernel: f, stride: s, padding: p, bias: bias}
"""
KEEP = """
params: {f: size, d: 1}
input: 64x64x1
layers:
  - conv: {filters: 1, kernel: f, dilation: d, padding: keep}
"""
EVEN = """
input: 64x64x1
layers:
  - conv: {{filters: 1, kernel: {f}, padding: keep}}
"""
POOL = """
params: {f: 2, s: f}
input: 28x28x1
layers:
  - maxpool: {kernel: f, stride: s}
"""
CEIL = """
params: {f: 3}
input: 13x13x1
layers:
  - maxpool: {kernel: f, stride: 2, rounding: ceil}
"""
POOL_KEEPS = """
params: {s: 1, p: 0}
input: 28x28x192
layers:
  - maxpool: {kernel: 3, stride: s, padding: p}
"""
FLATTEN = """
input: 28x28x1
layers:
  - flatten
"""
PROJECTION = """
input: [128]
layers:
  - fc: {units: 256, bias: false}
"""


def conv(image: str, f: str, **options: str) -> Any:
    """The row of one convolution."""
    return net(CONV, image, f=f, **options)["conv1"]


def side(image: str, f: str, **options: str) -> int:
    """How wide one convolution leaves a picture."""
    return int(conv(image, f, **options).output_shape[1])


def pooled(n: int, **options: str) -> int:
    """How wide one pool leaves n pixels."""
    return net(POOL, f"{n}x{n}x1", **options).shape("maxpool1")[1]


def padding(spec: str, **options: str) -> Any:
    """Zeros before and after the width of a convolution."""
    return net(spec, **options)["conv1"].options["padding"][1]


def kernels(name: str) -> tuple[int, ...]:
    """The sizes of filters in a network."""
    return tuple(sorted({row.options["kernel"][0] for row in net(name).rows("conv")}))


def edges() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The picture of 3.1.3, half 10 and half 0, filtered at the places and with the products that the report counts."""
    row = net("edge_detection")["conv1"]
    (high, wide, _c), (size, _w) = row.input_shapes[0], row.options["kernel"]
    picture = [[10] * (wide // 2) + [0] * (wide // 2)] * high
    products = 0
    image = []
    for y in range(row.output_shape[0]):
        line = []
        for x in range(row.output_shape[1]):
            line.append(sum(picture[y + i][x + j] * (1, 0, -1)[j] for i, j in product(range(size), repeat=2)))
            products += size * size
        image.append(tuple(line))
    assert products == row.macs == 144
    assert len(set(image)) == 1
    return row.output_shape[:2], image[0]


def by_claim(text: str, formula: Formula, letters: Sequence[Mapping[str, int]]) -> list[int]:
    """The program's formula at these letters, where the notes' own formula must agree."""
    values = [formula(v) for v in letters]
    assert values == [Formula(text)(v) for v in letters]
    return values


def without_floor(N: int, F: int, S: int, P: int = 0) -> tuple[float, int]:
    """The printed formula (N + 2P - F) / S + 1, which forgets to round down, and the report."""
    return (N + 2 * P - F) / S + 1, side(f"{N}x{N}x1", str(F), s=str(S), p=str(P))


def half(f: int) -> float:
    """The padding that an even filter would need, as the refusal says it."""
    message = refused(EVEN.format(f=f)).message
    return float(re.findall(r"\d+\.\d+", message)[0])


def weights_by_claim(name: str) -> list[int]:
    """Each convolution's weights, where f*f*nc_prev*nc with the row's own options must agree."""
    found = []
    for row in net(name).rows("conv"):
        f, c = row.options["kernel"][0], row.input_shapes[0][-1]
        assert Formula("f*f*c*nc")({"f": f, "c": c, "nc": row.output_shape[-1]}) == row.params.weights
        found.append(row.params.weights)
    return found


def weights_and_all(row: Any) -> tuple[int, int]:
    """Weights alone, as the notes count, and with the biases."""
    return row.params.weights, row.params.total


def pointwise(image: str) -> tuple[tuple[int, ...], int, int, int]:
    """What 32 filters of 1x1 give and cost: shape, weights, parameters, multiplications."""
    row = net("conv1x1", image)["conv1"]
    return row.output_shape, *weights_and_all(row), row.macs


def the_picture() -> int:
    """The width that a 3x3 filter takes to the edge detector's 4."""
    wanted = net("edge_detection").shape("conv1")[1]
    return next(n for n in range(3, 99) if side(f"{n}x{n}x1", "3") == wanted)


def kept() -> list[Any]:
    """Padding that keeps the size, for filters of 1, 3, 5, 7 and 11, and for 3 spread to 5."""
    return [*(padding(KEEP, f=f) for f in ("1", "3", "5", "7", "11")), padding(KEEP, f="3", d="2")]


def pools_of_3() -> list[int]:
    """A pool of 3 by 2 on 55, 13 and 14 pixels, and on 14 rounding up."""
    return [*(pooled(n, f="3", s="2") for n in (55, 13, 14)), net(CEIL, "14x14x1").shape("maxpool1")[1]]


def projection() -> tuple[int, int]:
    """The matrix that takes 128 channels to 256."""
    row = net(PROJECTION)["fc1"]
    assert row.params.weights == 32_768
    return row.output_shape[0], row.input_shapes[0][0]


def channels_left() -> set[int]:
    """Channels behind windows of every stride and padding."""
    return {net(POOL_KEEPS, s=s, p=p).shape("maxpool1")[-1] for s in "123" for p in "01"}


VALID = [{"N": N, "F": F, "S": 1, "P": 0} for N, F in ((5, 3), (28, 5), (227, 11))]
CLAIMS = {
    "S000-01": words("H/2 x W/2", [112, 14, 3, 2], lambda: [pooled(n) for n in (224, 28, 7, 5)]),
    "S000-11": words(
        "any",
        [(28, 28, 1), (28, 28, 32), (28, 28, 500)],
        lambda: [conv("28x28x192", "1", filters=n).output_shape for n in ("1", "32", "500")],
    ),
    "S001-01": right(784, lambda: net(FLATTEN).shape("flatten1")[0]),
    "S001-02": right(2352, lambda: net("fc_28").shape("fc1.flatten")[0]),
    "S001-03": words(23_520, (23_520, 23_530), lambda: weights_and_all(net("fc_28")["fc1"])),
    "S001-04": right(3_000_000, lambda: net("fc_1000").shape("fc1.flatten")[0]),
    "S001-05": words(30_000_000, (30_000_000, 30_000_010), lambda: weights_and_all(net("fc_1000")["fc1"])),
    "S001-06": right(((4, 4), (0, 30, 30, 0)), edges),
    "S001-07": wrong(5, 6, the_picture),
    "S001-08": about(
        (1, 3, 5),
        [(1, 3, 5), (3, 5, 11), (3, 5, 7)],
        lambda: [kernels(name) for name in ("inception_module", "alexnet", "zfnet")],
    ),
    "S001-09": right((3, 3), lambda: conv("5x5x1", "3").output_shape[:2]),
    "S001-10": right(3, lambda: _window.SYMMETRIC({"N": 5, "F": 3, "S": 1, "P": 0})),
    "S001-11": right(5, lambda: side("5x5x1", "3", p="1")),
    "S001-12": right(7, lambda: side("5x5x1", "3", p="2")),
    "S001-13": words("N-F+1", [3, 24, 217], lambda: by_claim("N-F+1", _window.SYMMETRIC, VALID)),
    "S001-14": words("P=(F-1)/2", [(0, 0), (1, 1), (2, 2), (3, 3), (5, 5), (2, 2)], kept),
    "S001-15": right((0.5, 1.5), lambda: (half(2), half(4))),
    "S001-16": right(4, lambda: side("6x6x1", "3")),
    "S001-17": right((2.5, 2), lambda: without_floor(6, 3, 2)),
    "S001-18": about(
        "(N+2P-F)/S+1",
        [(4, 4), (2.5, 2), (55, 55), (54.25, 54), (3, 3), (3.5, 3)],
        lambda: [
            without_floor(*case)
            for case in ((6, 3, 1), (6, 3, 2), (227, 11, 4), (224, 11, 4), (5, 3, 2, 1), (6, 3, 2, 1))
        ],
    ),
    "S001-19": right(28, lambda: conv("200x200x3", "3").params.total),
    "S001-20": right(280, lambda: net("same_200")["conv1"].params.total),
    "S001-21": right(1, lambda: max(padding("same_200"))),
    "S001-22": about(
        "square only", (100, 51, 1), lambda: conv("200x101x3", "3x5", s="2", p="[1, 2]").output_shape
    ),
    "S001-23": words(
        "f*f*nc_prev*nc", [34_848, 614_400, 884_736, 1_327_104, 884_736], lambda: weights_by_claim("alexnet")
    ),
    "S001-24": words(
        "nc", [96, 256, 384, 384, 256], lambda: [row.params.biases for row in net("alexnet").rows("conv")]
    ),
    "S001-25": about("(W-F)/S+1", [27, 6, 6, 7], pools_of_3),
    "S001-26": about("W/F", [14, 7, 3], lambda: [pooled(n) for n in (28, 14, 7)]),
    "S001-27": unclear((2, 2), (2, 2), lambda: net(POOL, "4x4x1").shape("maxpool1")[:2]),
    "S001-28": right(0, lambda: sum(row.params.total for row in net("vgg16").rows("maxpool"))),
    "S001-82": right((56, 56, 3), lambda: conv("56x56x3", "1", filters="3").output_shape),
    "S001-83": words(3, (3, 4), lambda: weights_and_all(conv("56x56x3", "1"))),
    "S001-84": right(10, lambda: net("nin_cifar10").shape("globalavgpool1")[0]),
    "S001-85": right(1, lambda: max(padding(KEEP, f="3"))),
    "S001-86": right(2, lambda: max(padding(KEEP, f="5"))),
    "S002-07": words(9, {(9, 10)}, lambda: {weights_and_all(conv(x, "3")) for x in ("6x6x1", "1000x1000x1")}),
    "S003-09": right((256, 128), projection),
    "S003-10": words((28, 28, 32), ((28, 28, 32), 6144, 6176, 4_816_896), lambda: pointwise("28x28x192")),
    "S003-11": wrong("stride/padding change channels", {192}, channels_left, instead={32}),
    "S004-13": words((6, 6, 32), ((6, 6, 32), 8192, 8224, 294_912), lambda: pointwise("6x6x256")),
}
