"""What the notes say of LeNet-5, on gray and on colour pictures."""

from __future__ import annotations

from math import prod
from typing import Any

from .claim import about, right, shapes, words
from .net import deep, net, params


def entry(name: str) -> Any:
    """A line of the notes' LeNet-5 table: shape, size, weights + biases; a vector is written as a column."""
    row = net("lenet5_rgb")[name]
    shape = row.output_shape if len(row.output_shape) > 1 else (*row.output_shape, 1)
    return shape, row.activations, (row.params.weights, row.params.biases) if row.params.total else 0


def picture() -> tuple[tuple[int, ...], int, int]:
    """The first line of that table: the input, which has no row."""
    shape = net("lenet5_rgb").shape("input")
    return shape, prod(shape), 0


def lenet_padding() -> tuple[set[int], list[tuple[int, ...]]]:
    rows = net("lenet5").rows("conv", "avgpool")
    zeros = {p for row in rows for sides in row.options["padding"] for p in sides}
    return zeros, [row.output_shape for row in rows]


def lenet_pools() -> tuple[list[str], list[int]]:
    """The pools of the course, and the parameters of the paper's."""
    plain, trained = net("lenet5").rows("avgpool", "maxpool"), net("lenet5_1998").rows("trainablepool")
    return [row.layer for row in plain], [row.params.total for row in trained]


def lenet_sums() -> tuple[int, int, int]:
    """The sums of the notes' table: on colour, on gray, and of its column of sizes, the input's with it."""
    column = [row.activations for row in net("lenet5_rgb").table.rows if row.layer != "flatten"]
    return params("lenet5_rgb"), params("lenet5"), picture()[1] + sum(column)


CLAIMS = {
    **shapes("""
        S001-30 lenet5 conv1       28x28x6
        S001-31 lenet5 avgpool1    14x14x6
        S001-32 lenet5 conv2       10x10x16
        S001-33 lenet5 avgpool2    5x5x16
        S001-34 lenet5 fc1.flatten 400
        S001-35 lenet5 fc1         120
        S001-36 lenet5 fc2         84
        S001-37 lenet5 fc3         10
        S003-01 lenet5 conv1       28x28x6
        S003-02 lenet5 avgpool1    14x14x6
        S004-02 lenet5 input       32x32x1
    """),
    "S000-02": words("P = 0", ({0}, [(28, 28, 6), (14, 14, 6), (10, 10, 16), (5, 5, 16)]), lenet_padding),
    "S000-03": words("average pooling", (["avgpool", "avgpool"], [12, 32]), lenet_pools),
    "S001-29": right(5, lambda: deep("lenet5")),
    "S001-38": right(((32, 32, 3), 3072, 0), picture),
    "S001-39": right(((28, 28, 6), 4704, (450, 6)), lambda: entry("conv1")),
    "S001-40": right(((14, 14, 6), 1176, 0), lambda: entry("avgpool1")),
    "S001-41": right(((10, 10, 16), 1600, (2400, 16)), lambda: entry("conv2")),
    "S001-42": right(((5, 5, 16), 400, 0), lambda: entry("avgpool2")),
    "S001-43": right(((120, 1), 120, (48_000, 120)), lambda: entry("fc1")),
    "S001-44": right(((84, 1), 84, (10_080, 84)), lambda: entry("fc2")),
    "S001-45": right(((10, 1), 10, (840, 10)), lambda: entry("fc3")),
    "S001-46": words(None, (62_006, 61_706, 11_166), lenet_sums),
    "S002-01": about(
        60_000,
        (61_706, 62_006, 60_000),
        lambda: (params("lenet5"), params("lenet5_rgb"), params("lenet5_1998")),
        within=0.035,
    ),
    "S004-03": about(
        60_000, (61_706, 60_000), lambda: (params("lenet5"), params("lenet5_1998")), within=0.03
    ),
}
