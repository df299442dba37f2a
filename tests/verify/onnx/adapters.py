"""How a node of ONNX is said with our kernels: for each operator, what it means in our words, layouts turned both ways.

Pitfall: an adapter moves numbers and names options, and works out nothing that the kernel is there to work out.
Operators without a batch (Softmax on axis 0, Concat of vectors) get one in front.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from ..world import execute

Attributes = dict[str, Any]
Adapter = Callable[..., Any]
ADAPTERS: dict[str, Adapter] = {}
LETTERS = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}


class NotOurs(Exception):
    """This node asks for something that no kernel of ours does."""


def operator(*names: str) -> Callable[[Adapter], Adapter]:
    """The adapter of these operators: attributes, then inputs, to the first output."""

    def register(adapter: Adapter) -> Adapter:
        ADAPTERS.update(dict.fromkeys(names, adapter))
        return adapter

    return register


def last(x: Any) -> Any:
    return np.moveaxis(x, 1, -1)


def first(y: Any) -> Any:
    return np.moveaxis(y, -1, 1)


def padding(a: Attributes, axes: int) -> Any:
    """`pads` (all beginnings, then all ends) or `auto_pad`, as our option."""
    word = a.get("auto_pad", b"NOTSET").decode()
    if word != "NOTSET":
        return {"SAME_UPPER": "same", "SAME_LOWER": "same_lower", "VALID": "valid"}[word]
    pads = a.get("pads", [0] * (2 * axes))
    return tuple(zip(pads[:axes], pads[axes:]))


def sizes(a: Attributes, name: str, axes: int) -> tuple[int, ...]:
    return tuple(a.get(name, [1] * axes))


@operator("Conv")
def conv(a: Attributes, x: Any, w: Any, b: Any = None) -> Any:
    axes, groups = x.ndim - 2, a.get("group", 1)
    taps_first = np.moveaxis(w, (0, 1), (-1, -2))
    given = {"kernel": w.shape[2:], "stride": sizes(a, "strides", axes), "padding": padding(a, axes),
             "dilation": sizes(a, "dilations", axes), "bias": b is not None}  # fmt: skip
    y = execute("conv", last(x), weights=(taps_first, b), filters=len(w), groups=groups, **given).y
    if groups == x.shape[1]:
        apart = taps_first.reshape(*w.shape[2:], groups, -1)
        again = execute("depthwise", last(x), weights=(apart, b), multiplier=apart.shape[-1], **given).y
        np.testing.assert_allclose(again, y, rtol=1e-5, atol=1e-6)
    return first(y)


@operator("ConvTranspose")
def convtranspose(a: Attributes, x: Any, w: Any, b: Any = None) -> Any:
    axes, groups = x.ndim - 2, a.get("group", 1)
    strides, extra = sizes(a, "strides", axes), tuple(a.get("output_padding", [0] * axes))
    if "output_shape" in a:  # given in place of the pads: what it lacks is added at the end
        full = [(n - 1) * s + f for n, s, f in zip(x.shape[2:], strides, w.shape[2:])]
        extra = tuple(m - n for m, n in zip(a["output_shape"], full))
    given = {"kernel": w.shape[2:], "stride": strides, "padding": padding(a, axes), "output_padding": extra,
             "dilation": sizes(a, "dilations", axes), "groups": groups, "filters": w.shape[1] * groups}  # fmt: skip
    weights = np.moveaxis(w, (0, 1), (-2, -1)), b
    return first(execute("convtranspose", last(x), weights=weights, bias=b is not None, **given).y)


@operator("MaxPool", "AveragePool", "LpPool")
def pool(a: Attributes, x: Any, *, op: str) -> Any:
    axes = x.ndim - 2
    given = {"kernel": tuple(a["kernel_shape"]), "stride": sizes(a, "strides", axes), "padding": padding(a, axes),
             "dilation": sizes(a, "dilations", axes), "rounding": "ceil" if a.get("ceil_mode") else "floor"}  # fmt: skip
    if op == "AveragePool":
        given["count_padding"] = bool(a.get("count_include_pad", 0))
    if op == "LpPool":
        given["norm"] = a.get("p", 2)
    word = {"MaxPool": "maxpool", "AveragePool": "avgpool", "LpPool": "lppool"}[op]
    return first(execute(word, last(x), **given).y)


@operator("GlobalAveragePool", "GlobalMaxPool")
def globalpool(a: Attributes, x: Any, *, op: str) -> Any:
    word = {"GlobalAveragePool": "globalavgpool", "GlobalMaxPool": "globalmaxpool"}[op]
    y = execute(word, last(x)).y
    return y.reshape(*y.shape, *([1] * (x.ndim - 2)))


@operator("BatchNormalization")
def bn(a: Attributes, x: Any, gamma: Any, beta: Any, mean: Any, variance: Any) -> Any:
    if a.get("training_mode"):
        raise NotOurs("measures while training")
    return first(execute("bn", last(x), weights=(gamma, beta, mean, variance), eps=a.get("epsilon", 1e-5)).y)


@operator("InstanceNormalization")
def instancenorm(a: Attributes, x: Any, gamma: Any, beta: Any) -> Any:
    return first(execute("instancenorm", last(x), weights=(gamma, beta), eps=a.get("epsilon", 1e-5)).y)


@operator("GroupNormalization")
def groupnorm(a: Attributes, x: Any, gamma: Any, beta: Any) -> Any:
    given = {"groups": a["num_groups"], "eps": a.get("epsilon", 1e-5)}
    return first(execute("groupnorm", last(x), weights=(gamma, beta), **given).y)


@operator("LayerNormalization", "RMSNormalization")
def norm(a: Attributes, x: Any, gamma: Any, beta: Any = None, *, op: str) -> Any:
    """Over all axes from `axis` on, which are laid out as one here."""
    axis = a.get("axis", -1) % x.ndim
    rows = x.reshape(-1, prod(x.shape[axis:]))
    weights = gamma.reshape(-1), None if beta is None else beta.reshape(-1)
    word = {"LayerNormalization": "layernorm", "RMSNormalization": "rmsnorm"}[op]
    return execute(word, rows, weights=weights, eps=a.get("epsilon", 1e-5), shift=beta is not None).y.reshape(
        x.shape
    )


@operator("LRN")
def lrn(a: Attributes, x: Any) -> Any:
    given = {"alpha": a.get("alpha", 1e-4), "beta": a.get("beta", 0.75), "k": a.get("bias", 1.0)}
    if a["size"] % 2 == 0:
        raise NotOurs("the odd neighbour of an even window lies on the other side")
    return first(execute("lrn", last(x), size=a["size"], **given).y)


@operator("Gemm")
def gemm(a: Attributes, x: Any, w: Any, b: Any = None) -> Any:
    x, w = (x.T if a.get("transA") else x), (w.T if a.get("transB") else w)
    if a.get("alpha", 1.0) != 1:
        x = execute("scale", x, factor=a["alpha"]).y
    if b is not None and a.get("beta", 1.0) != 1:
        b = execute("scale", b, factor=a["beta"]).y if b.ndim > 1 else b * np.float32(a["beta"])
    units = w.shape[1]
    if b is not None and b.ndim == 2 and len(b) > 1:  # a bias for every sample is no bias but a second input
        y = execute("fc", x, weights=([w], None), units=units, bias=False).y
        return execute("add", y, b).y
    bias = None if b is None else np.broadcast_to(b.reshape(-1), (units,))
    return execute("fc", x, weights=([w], bias), units=units, bias=b is not None).y


@operator("MatMul")
def matmul(a: Attributes, x: Any, w: Any) -> Any:
    if w.ndim > 2:
        raise NotOurs("a product of two inputs; a linear layer has one matrix")
    matrix = w.reshape(len(w), -1)
    y = execute("linear", x[None], weights=([matrix], None), units=matrix.shape[1], bias=False).y[0]
    return y[..., 0] if w.ndim == 1 else y


@operator("Softmax")
def softmax(a: Attributes, x: Any, *, version: int = 13) -> Any:
    if version < 13:  # everything from the axis on shares the 1
        axis = a.get("axis", 1)
        return execute("softmax", x.reshape(prod(x.shape[:axis]), -1)).y.reshape(x.shape)
    return execute("softmax", x[None], axis=LETTERS[x.ndim][a.get("axis", -1)]).y[0]


@operator("Concat")
def concat(a: Attributes, *xs: Any) -> Any:
    return execute("concat", *(x[None] for x in xs), axis=LETTERS[xs[0].ndim][a["axis"]]).y[0]


@operator("Pad")
def pad(a: Attributes, x: Any, pads: Any = None, value: Any = None, axes: Any = None) -> Any:
    """A constant around an image is zeros around an image that lies lower by it."""
    if a.get("mode", b"constant") != b"constant":
        raise NotOurs("pixels of its own around it")
    level = np.float32(a.get("value", 0.0) if value is None else value)
    pads = list(a["pads"] if pads is None else pads)
    chosen = range(x.ndim) if axes is None else [axis % x.ndim for axis in axes]
    amount = [(0, 0)] * x.ndim
    for i, axis in enumerate(chosen):
        amount[axis] = (int(pads[i]), int(pads[i + len(chosen)]))
    return execute("pad", x[None] - level, amount=tuple(amount)).y[0] + level


@operator("Flatten")
def flatten(a: Attributes, x: Any) -> Any:
    axis = a.get("axis", 1)
    axis = axis % x.ndim if axis < 0 else axis
    if axis > 1:  # two axes are left, and a flatten leaves one
        return execute("reshape", x[None], shape=(prod(x.shape[:axis]), prod(x.shape[axis:]))).y[0]
    return execute("flatten", x if axis else x[None]).y


@operator("Transpose")
def transpose(a: Attributes, x: Any) -> Any:
    if x.ndim not in LETTERS:
        raise NotOurs("more axes than ours has letters for")
    letters = LETTERS[x.ndim]
    order = a.get("perm", list(range(x.ndim))[::-1])
    return execute("permute", x[None], order=tuple(letters[i] for i in order)).y[0]


@operator("Reshape")
def reshape(a: Attributes, x: Any, shape: Any) -> Any:
    wanted = [n if n or a.get("allowzero") else x.shape[i] for i, n in enumerate(shape.tolist())]
    if -1 in wanted:
        wanted[wanted.index(-1)] = x.size // -prod(wanted)
    return execute("reshape", x[None], shape=tuple(wanted)).y[0]


@operator("DepthToSpace")
def depthtospace(a: Attributes, x: Any) -> Any:
    word = {b"DCR": "depthtospace", b"CRD": "pixelshuffle"}[a.get("mode", b"DCR")]
    return first(execute(word, last(x), scale=a["blocksize"]).y)


@operator("SpaceToDepth")
def spacetodepth(a: Attributes, x: Any) -> Any:
    if a.get("mode", b"DCR") != b"DCR":
        raise NotOurs("the other order of channels")
    return first(execute("spacetodepth", last(x), scale=a["blocksize"]).y)


POINTWISE = {
    "Relu": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "HardSwish": "hardswish",
    "Identity": "identity",
}


@operator(*POINTWISE)
def pointwise(a: Attributes, x: Any, *, op: str) -> Any:
    return execute(POINTWISE[op], x[None]).y[0]


@operator("LeakyRelu")
def leakyrelu(a: Attributes, x: Any) -> Any:
    return execute("leakyrelu", x[None], slope=a.get("alpha", 0.01)).y[0]


@operator("Elu")
def elu(a: Attributes, x: Any) -> Any:
    return execute("elu", x[None], alpha=a.get("alpha", 1.0)).y[0]


@operator("Gelu")
def gelu(a: Attributes, x: Any) -> Any:
    if a.get("approximate", b"none") != b"none":
        raise NotOurs("the form with tanh")
    return execute("gelu", x[None]).y[0]


@operator("Swish")
def swish(a: Attributes, x: Any) -> Any:
    if a.get("alpha", 1.0) != 1:
        raise NotOurs("a swish with a factor inside")
    return execute("silu", x[None]).y[0]


@operator("HardSigmoid")
def hardsigmoid(a: Attributes, x: Any) -> Any:
    raise NotOurs("0.2·x + 0.5 or a line of its own, where ours is x/6 + ½")


@operator("PRelu")
def prelu(a: Attributes, x: Any, slope: Any, *, version: int = 16) -> Any:
    """Slopes broadcast from the right; before version 7 they were one a channel, axis 1."""
    if slope.size == 1:
        return execute("prelu", x[None], weights=slope.reshape(1), shared=True).y[0]
    if version < 7:
        return first(execute("prelu", last(x), weights=slope).y)
    if slope.size != x.shape[-1]:
        raise NotOurs("a slope for every value, as in Keras")
    return execute("prelu", x[None], weights=slope.reshape(-1)).y[0]


@operator("Dropout")
def dropout(a: Attributes, x: Any, ratio: Any = None, training: Any = None) -> Any:
    rate = float(a.get("ratio", 0.5) if ratio is None else ratio)
    if training is not None and bool(training) and rate:
        raise NotOurs("drops at random while training")
    return execute("dropout", x[None], rate=rate).y[0]


@operator("Add", "Mul", "Sum")
def merge(a: Attributes, *xs: Any, op: str) -> Any:
    largest = max(xs, key=lambda x: x.ndim)
    if any(x.shape not in {largest.shape, largest.shape[-1:]} for x in xs):
        raise NotOurs("stretches an axis of 1")
    if a.get("broadcast") and a.get("axis", largest.ndim - 1) != largest.ndim - 1:
        raise NotOurs("a vector along another axis than the last")
    return execute("mul" if op == "Mul" else "add", *(x[None] for x in xs)).y[0]


@operator("Upsample", "Resize")
def upsample(a: Attributes, x: Any, *more: Any) -> Any:
    """Scales (the last input of floats) or sizes, for all axes or for those named."""
    scales = [n for n in more if n is not None and n.size and n.dtype == np.float32]
    wanted = [n for n in more if n is not None and n.size and n.dtype == np.int64]
    axes = a.get("axes", list(range(x.ndim)))
    ratios = scales[-1] if scales else wanted[-1] / np.array([x.shape[axis] for axis in axes])
    factors = [1.0] * x.ndim
    for axis, ratio in zip(axes, ratios):
        factors[axis] = float(ratio)
    mode, place = a["mode"].decode(), a.get("coordinate_transformation_mode", b"half_pixel").decode()
    if factors[:2] != [1, 1] or any(f < 1 or f % 1 for f in factors):
        raise NotOurs("no whole number of times larger")
    if mode == "nearest" and a.get("nearest_mode", b"round_prefer_floor") != b"round_prefer_floor":
        raise NotOurs("another pixel than the nearest")
    if mode == "cubic" or place not in ("half_pixel", "half_pixel_symmetric"):
        raise NotOurs(f"{mode} at {place}")
    word = {"nearest": "nearest", "linear": "bilinear"}[mode]
    return first(execute("upsample", last(x), scale=tuple(int(f) for f in factors[2:]), mode=word).y)


@operator("Gather")
def gather(a: Attributes, table: Any, indices: Any) -> Any:
    """An axis of a table looked up: its rows, laid out as vectors, are an embedding."""
    axis = a.get("axis", 0)
    rows = np.moveaxis(table, axis, 0)
    flat = rows.reshape(len(rows), -1)
    y = execute("embed", indices.reshape(1, -1), weights=flat, vocab=len(flat), d=flat.shape[1]).y
    return np.moveaxis(
        y.reshape(*indices.shape, *rows.shape[1:]), range(indices.ndim), range(axis, axis + indices.ndim)
    )


@operator("Unsqueeze", "Squeeze")
def ones(a: Attributes, x: Any, *, op: str) -> Any:
    """An axis of length 1 comes or goes."""
    return np.expand_dims(x, tuple(a["axes"])) if op == "Unsqueeze" else np.squeeze(x, tuple(a["axes"]))


@operator("Constant")
def constant(a: Attributes) -> Any:
    from onnx import numpy_helper

    return numpy_helper.to_array(a["value"])
