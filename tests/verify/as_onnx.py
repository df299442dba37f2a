"""A graph of ours as an ONNX model, one node a node, with the parameters our kernels drew; channels come first there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from shapecalc.report.table import Row

try:
    from onnx import TensorProto, helper, numpy_helper
except ImportError:  # the tests that need it say so
    helper = None
OPSET, IR = 17, 8


class Writer:
    """The nodes and constants of one model."""

    def __init__(self, rows: tuple[Row, ...], weights: Mapping[str, Any]) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        for row in rows:
            names = [
                self.constant(f"{row.name}.{i}", array)
                for i, array in enumerate(self.arrays(row, weights[row.name]))
            ]
            getattr(self, f"w_{row.layer}")(row, [*row.inputs, *names])

    def constant(self, name: str, array: Any) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **settings: Any) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [output], **settings))

    @staticmethod
    def arrays(row: Row, weights: Any) -> list[Any]:
        """The parameters in ONNX's order of axes."""
        if row.layer in ("conv", "depthwise"):
            filters, bias = weights
            if row.layer == "depthwise":
                filters = filters.reshape(*filters.shape[:-2], 1, -1)
            axes = filters.ndim - 2
            filters = filters.transpose(axes + 1, axes, *range(axes))
            return [filters] if bias is None else [filters, bias]
        if row.layer == "bn":
            gamma, beta, mean, variance = weights
            return [
                np.ones_like(mean) if gamma is None else gamma,
                np.zeros_like(mean) if beta is None else beta,
                mean,
                variance,
            ]
        if row.layer in ("fc", "linear"):
            columns, bias = weights
            matrix = np.concatenate(columns, axis=1)
            return [matrix] if bias is None else [matrix, bias]
        return []

    @staticmethod
    def window(row: Row) -> dict[str, Any]:
        o = row.options
        pads = [a for a, _b in o["padding"]] + [b for _a, b in o["padding"]]
        return {"kernel_shape": o["kernel"], "strides": o["stride"], "pads": pads}

    def w_conv(self, row: Row, inputs: list[str]) -> None:
        groups = row.options.get("groups", row.input_shapes[0][-1])
        self.node(
            "Conv", inputs, row.name, dilations=row.options["dilation"], group=groups, **self.window(row)
        )

    w_depthwise = w_conv

    def w_maxpool(self, row: Row, inputs: list[str]) -> None:
        self.node(
            "MaxPool", inputs, row.name, ceil_mode=int(row.options["rounding"] == "ceil"), **self.window(row)
        )

    def w_avgpool(self, row: Row, inputs: list[str]) -> None:
        counted = int(row.options["count_padding"])
        self.node("AveragePool", inputs, row.name, count_include_pad=counted, **self.window(row))

    def w_bn(self, row: Row, inputs: list[str]) -> None:
        self.node("BatchNormalization", inputs, row.name, epsilon=row.options["eps"])

    def w_fc(self, row: Row, inputs: list[str]) -> None:
        self.node("Gemm", inputs, row.name)

    def w_lrn(self, row: Row, inputs: list[str]) -> None:
        o = row.options
        self.node("LRN", inputs, row.name, size=o["size"], alpha=o["alpha"], beta=o["beta"], bias=o["k"])

    def w_flatten(self, row: Row, inputs: list[str]) -> None:
        self.node("Transpose", inputs, f"{row.name}.last", perm=[0, 2, 3, 1])
        self.node("Flatten", [f"{row.name}.last"], row.name)

    def w_globalavgpool(self, row: Row, inputs: list[str]) -> None:
        self.node("GlobalAveragePool", inputs, f"{row.name}.map")
        self.node("Flatten", [f"{row.name}.map"], row.name)

    def w_softmax(self, row: Row, inputs: list[str]) -> None:
        self.node("Softmax", inputs, row.name, axis=1)

    def w_concat(self, row: Row, inputs: list[str]) -> None:
        self.node("Concat", inputs, row.name, axis=1)

    def w_add(self, row: Row, inputs: list[str]) -> None:
        self.node("Sum", inputs, row.name)

    def w_relu(self, row: Row, inputs: list[str]) -> None:
        self.node("Relu", inputs, row.name)

    def w_tanh(self, row: Row, inputs: list[str]) -> None:
        self.node("Tanh", inputs, row.name)

    def w_relu6(self, row: Row, inputs: list[str]) -> None:
        limits = [self.constant(f"{row.name}.{n}", np.float32(n)) for n in (0, 6)]
        self.node("Clip", [*inputs, *limits], row.name)

    def w_dropout(self, row: Row, inputs: list[str]) -> None:
        self.node("Identity", inputs, row.name)

    w_identity = w_dropout


def model(rows: tuple[Row, ...], weights: Mapping[str, Any], x: tuple[int, ...]) -> Any:
    """The model of a network whose input is a map of this shape, channels last; every layer is an output."""
    writer = Writer(rows, weights)
    image = helper.make_tensor_value_info("input", TensorProto.FLOAT, [None, x[-1], *x[:-1]])
    outputs = [helper.make_tensor_value_info(row.name, TensorProto.FLOAT, None) for row in rows]
    graph = helper.make_graph(writer.nodes, "ours", [image], outputs, writer.constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    made.ir_version = IR
    return made
