"""The PyTorch peers as ONNX models, for onnxruntime and for ONNX's own reference evaluator."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from .torch_networks import Bottleneck


class Writer:
    """Turns modules into nodes, one after another."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def node(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def weight(self, tensor: Any) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(tensor.detach().numpy().astype(np.float32), name))
        return name

    def add(self, module: nn.Module, x: str) -> str:
        """The nodes of `module` on the value `x`; the name of its output."""
        if isinstance(module, nn.Sequential):
            for part in module:
                x = self.add(part, x)
            return x
        if isinstance(module, Bottleneck):
            return self.node(
                "Relu", [self.node("Add", [self.add(module.main, x), self.add(module.shortcut, x)])]
            )
        if isinstance(module, nn.Conv2d):
            (p, q), bias = module.padding, [] if module.bias is None else [self.weight(module.bias)]
            pads = {"pads": [p, q, p, q], "strides": list(module.stride)}
            return self.node("Conv", [x, self.weight(module.weight), *bias], **pads)  # type: ignore[list-item]
        if isinstance(module, nn.Linear):
            return self.node("Gemm", [x, self.weight(module.weight), self.weight(module.bias)], transB=1)
        if isinstance(module, nn.BatchNorm2d):
            known = (module.weight, module.bias, module.running_mean, module.running_var)
            return self.node("BatchNormalization", [x, *map(self.weight, known)])
        if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d)):
            k, s, p = (
                n if isinstance(n, int) else n[0] for n in (module.kernel_size, module.stride, module.padding)
            )
            kind = "MaxPool" if isinstance(module, nn.MaxPool2d) else "AveragePool"
            return self.node(kind, [x], kernel_shape=[k, k], strides=[s, s], pads=[p] * 4)
        kinds = {
            nn.ReLU: "Relu",
            nn.Flatten: "Flatten",
            nn.Softmax: "Softmax",
            nn.AdaptiveAvgPool2d: "GlobalAveragePool",
        }
        return x if isinstance(module, nn.Identity) else self.node(kinds[type(module)], [x])


def model(module: nn.Module, shape: tuple[int, ...]) -> Any:
    """An ONNX model of `module` for inputs of this shape."""
    writer = Writer()
    y = writer.add(module, "x")
    x_info = helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)
    graph = helper.make_graph(
        writer.nodes,
        "peer",
        [x_info],
        [helper.make_tensor_value_info(y, TensorProto.FLOAT, None)],
        writer.weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
