"""A graph of ours as a PyTorch module: one piece a node, made generically, with the parameters that our kernels drew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from shapecalc.report.table import Row

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError:  # the tests that need it say so
    torch = None
Weights = Mapping[str, Any]
Piece = Callable[..., Any]


def network(rows: tuple[Row, ...], weights: Weights) -> Any:
    """A module that maps our input (batch first, channels last) to every layer's output in the same layout."""
    pieces = {row.name: PIECES[row.layer](row, weights[row.name]) for row in rows}

    class Network(nn.Module):  # type: ignore[misc,name-defined,unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.parts = nn.ModuleList(p for p in pieces.values() if isinstance(p, nn.Module))

        def forward(self, x: Any) -> dict[str, Any]:
            values = {"input": first(x)}
            for row in rows:
                values[row.name] = pieces[row.name](*(values[name] for name in row.inputs))
            return {name: last(value) for name, value in values.items()}

    return Network().eval()


def first(x: Any) -> Any:
    """Channels first."""
    return x.movedim(-1, 1) if x.ndim > 2 else x


def last(x: Any) -> Any:
    """Channels last."""
    return x.movedim(1, -1) if x.ndim > 2 else x


def tensor(array: Any, *order: int) -> Any:
    """A plain array as a parameter, its axes in another order."""
    plain = np.ascontiguousarray(array.transpose(order) if order else array)
    return nn.Parameter(torch.from_numpy(plain), requires_grad=False)


def sides(row: Row) -> list[int]:
    """Padding as F.pad has it: the last axis first."""
    return [n for pair in reversed(row.options["padding"]) for n in pair]


def even(row: Row) -> Any:
    """Padding of both sides, where they are equal; else None."""
    padding = row.options["padding"]
    return tuple(a for a, _b in padding) if all(a == b for a, b in padding) else None


def conv(row: Row, weights: Any) -> Piece:
    filters, bias = weights
    o, kernel, axes = row.options, filters.ndim - 2, range(filters.ndim - 2)
    if row.layer == "depthwise":  # taps, channels, filters of each channel
        filters = filters.reshape(*filters.shape[:-2], 1, -1)
    kind = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}[kernel]
    depth, groups = row.input_shapes[0][-1], o.get("groups", row.input_shapes[0][-1])
    module = kind(
        depth,
        row.output_shape[-1],
        o["kernel"],
        o["stride"],
        0,
        o["dilation"],
        groups,
        bias is not None,
        device="meta",
    )
    module.weight = tensor(filters, kernel + 1, kernel, *axes)
    module.bias = None if bias is None else tensor(bias)
    return nn.Sequential(nn.ConstantPad2d(sides(row), 0.0) if kernel == 2 else nn.Identity(), module)


def maxpool(row: Row, _weights: Any) -> Piece:
    o, ceil = row.options, row.options["rounding"] == "ceil"
    pad = nn.Identity() if even(row) is not None else nn.ConstantPad2d(sides(row), -float("inf"))
    return nn.Sequential(
        pad, nn.MaxPool2d(o["kernel"], o["stride"], even(row) or 0, o["dilation"], ceil_mode=ceil)
    )


def avgpool(row: Row, _weights: Any) -> Piece:
    o = row.options
    assert even(row) is not None, "PyTorch has no uneven padding that does not count"
    return nn.AvgPool2d(o["kernel"], o["stride"], even(row), o["rounding"] == "ceil", o["count_padding"])


def bn(row: Row, weights: Any) -> Piece:
    gamma, beta, mean, variance = weights
    module = nn.BatchNorm2d(row.output_shape[-1], row.options["eps"])
    module.weight = None if gamma is None else tensor(gamma)
    module.bias = None if beta is None else tensor(beta)
    module.running_mean, module.running_var = torch.from_numpy(mean), torch.from_numpy(variance)
    return module


def fc(row: Row, weights: Any) -> Piece:
    columns, bias = weights
    matrix = np.concatenate(columns, axis=1)
    module = nn.Linear(*matrix.shape, bias=bias is not None, device="meta")
    module.weight = tensor(matrix, 1, 0)
    module.bias = None if bias is None else tensor(bias)
    return module


def lrn(row: Row, _weights: Any) -> Piece:
    o = row.options
    return nn.LocalResponseNorm(o["size"], o["alpha"], o["beta"], o["k"])


PIECES: dict[str, Callable[[Row, Any], Piece]] = {
    "conv": conv,
    "depthwise": conv,
    "maxpool": maxpool,
    "avgpool": avgpool,
    "bn": bn,
    "fc": fc,
    "linear": fc,
    "lrn": lrn,
    "relu": lambda row, w: nn.ReLU(),
    "relu6": lambda row, w: nn.ReLU6(),
    "tanh": lambda row, w: nn.Tanh(),
    "sigmoid": lambda row, w: nn.Sigmoid(),
    "softmax": lambda row, w: nn.Softmax(1),
    "dropout": lambda row, w: nn.Dropout(row.options["rate"]),
    "identity": lambda row, w: nn.Identity(),
    "flatten": lambda row, w: lambda x: last(x).flatten(1),
    "globalavgpool": lambda row, w: lambda x: x.mean(tuple(range(2, x.ndim))),
    "add": lambda row, w: lambda *xs: sum(xs),
    "mul": lambda row, w: lambda *xs: xs[0] * xs[1],
    "concat": lambda row, w: lambda *xs: torch.cat(xs, 1),
    "pad": lambda row, w: (
        lambda x: F.pad(x, [n for pair in reversed(row.options["amount"][:-1]) for n in pair])
    ),
}
