"""Windows of every kind against the operator cases of the onnx package: 1-D, 2-D and 3-D, auto_pad, ceil_mode, groups.

tests/data/onnx_node_shapes.csv gives attributes, input shapes (N, C and the axes) and the shape of ONNX's own result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from .net import net, refused, sizes, table

WORDS = {
    "Conv": "conv",
    "ConvTranspose": "convtranspose",
    "MaxPool": "maxpool",
    "AveragePool": "avgpool",
    "LpPool": "lppool",
}
AUTO_PAD = {"SAME_UPPER": "same", "SAME_LOWER": "same_lower", "VALID": "valid", "NOTSET": None}
OTHERS = ("test_convtranspose_output_shape", "test_convtranspose_kernel_shape")
"""Given by their result; our transposed convolution is given its padding."""


def cases() -> list[Mapping[str, str]]:
    return [row for row in table("onnx_node_shapes.csv") if row["op"] in WORDS and row["test"] not in OTHERS]


def options(row: Mapping[str, str]) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Our options of a node, and its input."""
    given = json.loads(row["attrs"])
    (attributes,) = given if isinstance(given, list) else [given]
    x, *others = map(sizes, row["input_shapes"].split(";"))
    stored = json.loads(row["shape_inputs"])
    weights: Sequence[int] = (
        stored["1"] if isinstance(stored, dict) and "1" in stored else others[0] if others else ()
    )
    kernel = attributes.get("kernel_shape") or list(weights[2:])
    axes = len(kernel)
    found: dict[str, Any] = {
        "kernel": kernel,
        "stride": attributes.get("strides") or [1] * axes,
        "dilation": attributes.get("dilations") or [1] * axes,
    }
    word = AUTO_PAD[attributes.get("auto_pad", "NOTSET")]
    pads = attributes.get("pads") or [0] * 2 * axes
    found["padding"] = word or [[pads[i], pads[i + axes]] for i in range(axes)]
    if row["op"].startswith("Conv"):
        found["groups"] = groups = attributes.get("group", 1)
        found["filters"] = weights[0] if row["op"] == "Conv" else weights[1] * groups
    elif attributes.get("ceil_mode"):
        found["rounding"] = "ceil"
    if "output_padding" in attributes:
        found["output_padding"] = attributes["output_padding"]
    return found, x


def written(row: Mapping[str, str]) -> str:
    found, x = options(row)
    return f"input: {[*x[2:], x[1]]}\nlayers: {json.dumps([{WORDS[row['op']]: found}])}\n"


def wide(row: Mapping[str, str]) -> bool:
    """ONNX lets a pool's padding exceed half its window; we refuse it, as PyTorch does."""
    found, _x = options(row)
    sides = found["padding"] if "Pool" in row["op"] and isinstance(found["padding"], list) else []
    return any(2 * max(pair) > size for pair, size in zip(sides, found["kernel"]))


@pytest.mark.parametrize("row", cases(), ids=lambda row: row["test"])
def test_node(row: Mapping[str, str]) -> None:
    if wide(row):
        assert refused(written(row)).code == "SC406"
        return
    y = sizes(row["output_shapes"].split(";")[0])
    assert net(written(row)).table.output_shape == (*y[2:], y[1])


def test_how_many() -> None:
    assert (len(cases()), sum(map(wide, cases()))) == (106, 4)
