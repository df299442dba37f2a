"""Every kernel on an input so small that values and operations are worked out by hand, from the definition.

Pitfall: the numbers are literals; none comes out of a formula or of another program.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, log
from typing import Any, NamedTuple

import numpy as np
import pytest

from ..world import execute


class Hand(NamedTuple):
    """One sample `x` (or several inputs) gives `y`, in `ops`; `live` where products are multiply-accumulates."""

    word: str
    x: Any
    y: Any
    ops: dict[str, int]
    given: Mapping[str, Any] = {}
    weights: Any = None
    live: int | None = None


def column(*values: float) -> list[list[float]]:
    """A sequence with one channel."""
    return [[v] for v in values]


def f32(*values: Any) -> Any:
    return np.array(values, np.float32)


EIGHT = [[[0, 1, 2, 3, 4, 5, 6, 7]]]
"""One pixel with eight channels."""

ONE_HEAD = ([(f32([0]), None)], [(f32([1]), None)], [(f32([3]), None)], (f32([2]), None))
"""Asks nothing, takes three times what it sees, and doubles it."""

BY_HAND = [
    # 1·1 + 2·10 + 100, 2·1 + 3·10 + 100: 4 products, 1 addition a window and 1 of the bias
    Hand("conv", column(1, 2, 3), column(121, 132), {"mul": 4, "add": 4}, {"filters": 1, "kernel": 2},
         (f32([[1]], [[10]]), f32(100)), 4),
    # windows 01 12 23 30: two of the eight taps lie on padding
    Hand("conv", column(1, 2, 3), column(10, 21, 32, 3), {"mul": 8, "add": 4},
         {"filters": 1, "kernel": 2, "padding": 1, "bias": False}, (f32([[1]], [[10]]), None), 6),
    # the zero of an even window stands at the end
    Hand("conv", column(1, 2, 3), column(21, 32, 3), {"mul": 6, "add": 3},
         {"filters": 1, "kernel": 2, "padding": "same", "bias": False}, (f32([[1]], [[10]]), None), 5),
    # full: a zero on each side of K − 1 = 1; keep: one zero on each side of three; at stride 2, ((2 − 1)·2 + 2 − 2) / 2
    Hand("conv", column(1, 2), column(10, 21, 2), {"mul": 6, "add": 3},
         {"filters": 1, "kernel": 2, "padding": "full", "bias": False}, (f32([[1]], [[10]]), None), 4),
    Hand("conv", column(1, 2), column(210, 21), {"mul": 6, "add": 4},
         {"filters": 1, "kernel": 3, "padding": "keep", "bias": False}, (f32([[1]], [[10]], [[100]]), None), 4),
    Hand("conv", column(1, 2), column(10, 2), {"mul": 4, "add": 2},
         {"filters": 1, "kernel": 2, "stride": 2, "padding": "keep", "bias": False}, (f32([[1]], [[10]]), None), 2),
    Hand("conv", column(1, 2), column(2, 4), {"mul": 2},
         {"filters": 1, "kernel": 1, "padding": "keep", "bias": False}, (f32([[2]]), None), 2),
    # the first filter reads map 0, the second maps 0 and 1: 3 products, 1 addition
    Hand("conv", [[1, 2]], [[3, 25]], {"mul": 3, "add": 1},
         {"filters": 2, "kernel": 1, "bias": False, "connections": ((0,), (0, 1))}, ([f32([3]), f32([5, 10])], None), 3),
    # on a map with a zero before each axis: 16 taps of each filter, 9 of them on pixels; filter 2 reads two maps
    Hand("conv", [[[1, 10], [2, 20]], [[3, 30], [4, 40]]], [[[1, 11], [3, 33]], [[4, 44], [10, 110]]], {"mul": 48, "add": 48},
         {"filters": 2, "kernel": 2, "padding": ((1, 0), (1, 0)), "connections": ((0,), (0, 1))},
         ([np.ones((2, 2, 1), np.float32), np.ones((2, 2, 2), np.float32)], f32(0, 0)), 27),
    # two groups: 1·2 and 3·4, nothing to add
    Hand("conv", [[1, 3]], [[2, 12]], {"mul": 2}, {"filters": 2, "groups": 2, "bias": False}, (f32([[2, 4]]), None), 2),
    Hand("depthwise", [[1, 2], [3, 4]], [[31, 402]], {"mul": 4, "add": 2}, {"kernel": 2, "bias": False},
         (f32([[1], [1]], [[10], [100]]), None), 4),
    # multiplier 2: the two outputs of a channel lie side by side
    Hand("depthwise", [[1, 2]], [[11, 20, 60, 80]], {"mul": 4, "add": 4}, {"kernel": 1, "multiplier": 2},
         (f32([[10, 20], [30, 40]]), f32(1, 0, 0, 0)), 4),
    # 1 and 2 throw 1 10 100 over places 0 1 2 and 2 3 4; every product is added to the bias or what stands there
    Hand("convtranspose", column(1, 2), column(1.5, 10.5, 102.5, 20.5, 200.5), {"mul": 6, "add": 6},
         {"filters": 1, "kernel": 3, "stride": 2}, (f32([[1]], [[10]], [[100]]), f32(0.5)), 6),
    # the ends are cut off, their two products are made all the same
    Hand("convtranspose", column(1, 2), column(10, 102, 20), {"mul": 6, "add": 6},
         {"filters": 1, "kernel": 3, "stride": 2, "padding": 1, "bias": False}, (f32([[1]], [[10]], [[100]]), None), 4),
    # stride 3, one tap: same gives 6, and what no product reaches keeps the bias
    Hand("convtranspose", column(1, 2), column(8, 7, 7, 9, 7, 7), {"mul": 2, "add": 2},
         {"filters": 1, "kernel": 1, "stride": 3, "padding": "same"}, (f32([[1]]), f32(7)), 2),
    # two groups: the first channel makes the first map, the second the second
    Hand("convtranspose", [[3, 5]], [[3, 50]], {"mul": 2, "add": 2},
         {"filters": 2, "kernel": 1, "groups": 2, "bias": False}, (f32([[1], [10]]), None), 2),
    Hand("convtranspose", [[1, 2, 3, 4]], [[21, 430]], {"mul": 4, "add": 4},
         {"filters": 2, "kernel": 1, "groups": 2, "bias": False}, (f32([[1], [10], [10], [100]]), None), 4),
    Hand("maxpool", column(1, 3, 2), column(3, 3), {"max": 2}, {"kernel": 2, "stride": 1}),
    # padding is no 0 that could win
    Hand("maxpool", column(-1, -3, -2), column(-1, -2), {"max": 2}, {"kernel": 2, "padding": 1}),
    Hand("avgpool", column(1, 3, 2), column(2, 2.5), {"add": 2, "div": 2}, {"kernel": 2, "stride": 1}),
    Hand("avgpool", column(1, 3, 2), column(1, 2.5), {"add": 2, "div": 2}, {"kernel": 2, "padding": 1}),
    Hand("avgpool", column(1, 3, 2), column(0.5, 2.5), {"add": 2, "div": 2},
         {"kernel": 2, "padding": 1, "count_padding": True}),
    # the last window hangs over: 3 taps of which 1 is a pixel; 2 additions all the same
    Hand("avgpool", column(3, 6, 9, 7), column(6, 7), {"add": 4, "div": 2}, {"kernel": 3, "rounding": "ceil"}),
    Hand("lppool", column(3, -4), column(5), {"mul": 2, "add": 1, "sqrt": 1}, {"kernel": 2}),
    Hand("lppool", column(3, -4), column(7), {"abs": 2, "add": 1}, {"kernel": 2, "norm": 1}),
    Hand("lppool", column(-3, 4, 5), column(6), {"abs": 3, "pow": 4, "add": 2}, {"kernel": 3, "norm": 3}),
    Hand("trainablepool", column(1, 2, 3, 4), column(7, 15), {"add": 4, "mul": 2}, {"kernel": 2}, (f32(2), f32(1))),
    Hand("globalavgpool", column(1, 2, 6), [3], {"add": 2, "div": 1}),
    Hand("globalmaxpool", column(1, 6, 2), [6], {"max": 2}),
    # three pixels in two windows: the middle one is in both
    Hand("adaptiveavgpool", column(1, 2, 3), column(1.5, 2.5), {"add": 2, "div": 2}, {"size": 2}),
    Hand("adaptivemaxpool", column(1, 2, 3), column(2, 3), {"max": 2}, {"size": 2}),
    Hand("fc", [1, 2], [2, 13, 105], {"mul": 6, "add": 6}, {"units": 3}, ([f32([1, 10, 100], [0, 1, 2])], f32(1, 1, 1)), 6),
    Hand("linear", [[1, 2], [3, 4]], [[21], [43]], {"mul": 4, "add": 2}, {"units": 1, "bias": False},
         ([f32([1], [10])], None), 4),
    # (1−1)² + (2−0)², (1−4)² + (2−2)²
    Hand("rbf", [1, 2], [4, 9], {"sub": 4, "mul": 4, "add": 2}, {"units": 2}, f32([1, 0], [4, 2])),
    Hand("flatten", [[1, 2], [3, 4]], [1, 2, 3, 4], {}),
    Hand("reshape", [[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4], [5, 6]], {}, {"shape": (3, 2)}),
    Hand("permute", [[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]], {}, {"order": ("C", "T")}),
    Hand("pad", [[1, 2]], [[0, 0, 0], [1, 2, 0]], {}, {"amount": ((1, 0), (0, 1))}),
    Hand("crop", [[1, 2], [3, 4], [5, 6]], [[4]], {}, {"amount": ((1, 1), (1, 0))}),
    Hand("subsample", column(1, 2, 3, 4, 5), column(1, 3, 5), {}, {"stride": 2}),
    # γ/√4 = 1, 1 − 3·1 = −2
    Hand("bn", column(5, 7), column(3, 5), {"mul": 2, "add": 2}, {"eps": 0.0}, (f32(2), f32(1), f32(3), f32(4))),
    Hand("bn", column(5, 7), column(1, 2), {"mul": 2, "add": 2}, {"eps": 0.0, "scale": False, "shift": False},
         (None, None, f32(3), f32(4))),
    # mean 2, variance 1, root 1; then ·2 and +10
    Hand("layernorm", [1, 3], [8, 12], {"add": 5, "div": 4, "sub": 2, "mul": 4, "sqrt": 1}, {"eps": 0.0},
         (f32(2, 2), f32(10, 10))),
    Hand("layernorm", [1, 3], [-1, 1], {"add": 3, "div": 4, "sub": 2, "mul": 2, "sqrt": 1},
         {"eps": 0.0, "scale": False, "shift": False}, (None, None)),
    # (1 + 49) / 2 = 25, root 5
    Hand("rmsnorm", [1, 7], [1, 7], {"add": 2, "div": 3, "mul": 4, "sqrt": 1}, {"eps": 0.0}, (f32(5, 5), None)),
    # two groups of two values each
    Hand("groupnorm", [[1, 5], [3, 9]], [[-1, -1], [1, 1]], {"add": 10, "div": 8, "sub": 4, "mul": 8, "sqrt": 2},
         {"eps": 0.0, "groups": 2}, (f32(1, 1), f32(0, 0))),
    # one group of four values: mean 4, variance 5, ε 4, root 3
    Hand("groupnorm", [[1, 3], [5, 7]], [[-1, -1 / 3], [1 / 3, 1]], {"add": 7, "div": 6, "sub": 4, "mul": 4, "sqrt": 1},
         {"eps": 4.0, "groups": 1, "scale": False, "shift": False}, (None, None)),
    Hand("instancenorm", [[1, 5], [3, 9]], [[-1, -1], [1, 1]], {"add": 10, "div": 8, "sub": 4, "mul": 8, "sqrt": 2},
         {"eps": 0.0}, (f32(1, 1), f32(0, 0))),
    # squares 1 4 9, windows 1+4 1+4+9 4+9, α/n = 1, k = 1: 6 15 14
    Hand("lrn", [1, 2, 3], [1 / 6, 2 / 15, 3 / 14], {"mul": 6, "add": 7, "pow": 3, "div": 3},
         {"size": 3, "alpha": 3.0, "beta": 1.0, "k": 1.0}),
    # n = 2: the channel before
    Hand("lrn", [1, 2, 3], [1 / 2, 2 / 6, 3 / 14], {"mul": 6, "add": 5, "pow": 3, "div": 3},
         {"size": 2, "alpha": 2.0, "beta": 1.0, "k": 1.0}),
    Hand("softmax", [0, 0, log(2), log(2), log(4)], [0.1, 0.1, 0.2, 0.2, 0.4],
         {"max": 4, "sub": 5, "exp": 5, "add": 4, "div": 5}),
    # along T: two rows of two
    Hand("softmax", [[0, 0], [0, log(3)]], [[0.5, 0.25], [0.5, 0.75]],
         {"max": 2, "sub": 4, "exp": 4, "add": 2, "div": 4}, {"axis": "T"}),
    # D is another name for the last axis
    Hand("softmax", [[0, 0], [0, log(3)]], [[0.5, 0.5], [0.25, 0.75]],
         {"max": 2, "sub": 4, "exp": 4, "add": 2, "div": 4}, {"axis": "D"}),
    Hand("relu", [-1, 2], [0, 2], {"max": 2}),
    Hand("relu6", [-1, 2, 9], [0, 2, 6], {"max": 3, "min": 3}),
    Hand("leakyrelu", [-2, 4], [-1, 4], {"cmp": 2, "mul": 2}, {"slope": 0.5}),
    Hand("prelu", [[-4, -4], [8, 8]], [[-1, -2], [8, 8]], {"cmp": 4, "mul": 4}, {}, f32(0.25, 0.5)),
    Hand("prelu", [[-4, -4], [8, 8]], [[-1, -1], [8, 8]], {"cmp": 4, "mul": 4}, {"shared": True}, f32(0.25)),
    Hand("elu", [log(0.5), 3], [-1, 3], {"cmp": 2, "exp": 2, "sub": 2, "mul": 2}, {"alpha": 2.0}),
    Hand("elu", [1000, -1000], [1000, -1], {"cmp": 2, "exp": 2, "sub": 2, "mul": 2}),
    Hand("elu", [1000, -1000], [1000, 0], {"cmp": 2, "exp": 2, "sub": 2, "mul": 2}, {"alpha": 0.0}),
    Hand("sigmoid", [0, log(3), -1000], [0.5, 0.75, 0], {"neg": 3, "exp": 3, "add": 3, "div": 3}),
    Hand("silu", [0, log(3)], [0, 0.75 * log(3)], {"neg": 2, "exp": 2, "add": 2, "div": 2, "mul": 2}),
    Hand("tanh", [0, log(2)], [0, 0.6], {"tanh": 2}),
    # Φ(1) = 0.8413447, from any table of the normal distribution
    Hand("gelu", [0, 1, -1], [0, 0.8413447, -0.1586553], {"div": 3, "erf": 3, "add": 3, "mul": 6}),
    Hand("hardsigmoid", [-4, 0, 3, 5], [0, 0.5, 1, 1], {"add": 4, "max": 4, "min": 4, "div": 4}),
    Hand("hardswish", [-4, 0, 3, 6], [0, 0, 3, 6], {"add": 4, "max": 4, "min": 4, "mul": 4, "div": 4}),
    Hand("hardswish", [1], [4 / 6], {"add": 1, "max": 1, "min": 1, "mul": 1, "div": 1}),
    Hand("identity", [1, 2], [1, 2], {}),
    Hand("dropout", [1, 2], [1, 2], {}),
    Hand("scale", [[2, -4], [1, 1]], [[1, -12], [0.5, 3]], {"mul": 4}, {"learned": True}, f32(0.5, 3)),
    Hand("scale", [2, -4], [1, -2], {"mul": 2}, {"factor": 0.5}),
    # three inputs: two additions a value
    Hand("add", ([1, 2], [10, 20], [100, 200]), [111, 222], {"add": 4}),
    # a vector is spread over a map first, so the vectors' own sum costs a map's worth too
    Hand("add", ([1, 2], [10, 20], [[100, 200], [300, 400]]), [[111, 222], [311, 422]], {"add": 8}),
    Hand("mul", ([[1, 2], [3, 4]], [10, 100]), [[10, 200], [30, 400]], {"mul": 4}),
    Hand("mul", ([2, 3], [5, 7], [1, 2]), [10, 42], {"mul": 4}),
    Hand("concat", ([[1], [2]], [[3], [4]]), [[1, 3], [2, 4]], {}),
    Hand("concat", ([[1], [2]], [[3]]), [[1], [2], [3]], {}, {"axis": "T"}),
    Hand("upsample", column(1, 2), column(1, 1, 1, 2, 2, 2), {}, {"scale": 3}),
    # places −¼ ¼ ¾ 1¼ between the pixels 0 and 4
    Hand("upsample", column(0, 4), column(0, 1, 3, 4), {"mul": 8, "add": 4}, {"scale": 2, "mode": "bilinear"}),
    Hand("upsample", [[[0], [4]]], [[[0], [1], [3], [4]], [[0], [1], [3], [4]]], {"mul": 32, "add": 24},
         {"scale": 2, "mode": "bilinear"}),
    Hand("pixelshuffle", EIGHT, [[[0, 4], [1, 5]], [[2, 6], [3, 7]]], {}, {"scale": 2}),
    Hand("depthtospace", EIGHT, [[[0, 1], [2, 3]], [[4, 5], [6, 7]]], {}, {"scale": 2}),
    Hand("spacetodepth", [[[0, 1], [2, 3]], [[4, 5], [6, 7]]], EIGHT, {}, {"scale": 2}),
    Hand("depthtospace", [[[0, 1, 2, 3, 4, 5, 6, 7, 8]]], [[[0], [1], [2]], [[3], [4], [5]], [[6], [7], [8]]], {}, {"scale": 3}),
    Hand("spacetodepth", [[[0], [1], [2]], [[3], [4], [5]], [[6], [7], [8]]], [[[0, 1, 2, 3, 4, 5, 6, 7, 8]]], {}, {"scale": 3}),
    Hand("shuffle", [0, 1, 2, 3, 4, 5], [0, 3, 1, 4, 2, 5], {}, {"groups": 2}),
    Hand("embed", [2, 0, 1, 2], [[5, 6], [1, 2], [3, 4], [5, 6]], {}, {"vocab": 3, "d": 2}, f32([1, 2], [3, 4], [5, 6])),
    # what is drawn is no token: it is cut to a whole number and wrapped round
    Hand("embed", [-1, 4, 1.9], [[5, 6], [3, 4], [3, 4]], {}, {"vocab": 3, "d": 2}, f32([1, 2], [3, 4], [5, 6])),
    # sin 0, cos 0, sin 0, cos 0; sin 1, cos 1, sin 1/100, cos 1/100
    Hand("posenc", [[1, 1, 1, 1], [0, 0, 0, 0]], [[1, 2, 1, 2], [0.8414710, 0.5403023, 0.009999833, 0.99995]], {"add": 8}),
    Hand("posenc", [[0, 0, 0], [0, 0, 0]], [[0, 1, 0], [0.8414710, 0.5403023, 0.0021544]], {"add": 6}),
    Hand("posenc", [[1, 2], [3, 4]], [[11, 22], [33, 44]], {"add": 4}, {"learned": True}, f32([10, 20], [30, 40])),
    # tanh(log 2) = 0.6: a product of the input, one of the state and a sum
    Hand("rnn", column(log(2), log(2) - 0.6), column(0.6, 0.6), {"mul": 4, "add": 2, "tanh": 2}, {"units": 1, "bias": False},
         [[(f32([1]), f32([1]), None, None)]], 4),
    Hand("rnn", column(log(2) - 3, log(2) - 3.6), column(0.6, 0.6), {"mul": 4, "add": 6, "tanh": 2}, {"units": 1, "biases": 2},
         [[(f32([1]), f32([1]), f32(1), f32(2))]], 4),
    # backwards, the last position comes first
    Hand("rnn", column(log(2), 0), [[0.6, 0.6], [0.53704957, 0]], {"mul": 8, "add": 4, "tanh": 4},
         {"units": 1, "bidirectional": True, "bias": False}, [[(f32([1]), f32([1]), None, None)] * 2], 8),
    Hand("rnn", column(log(2)), column(0.6), {"mul": 4, "add": 4, "tanh": 2}, {"units": 1, "layers": 2},
         [[(f32([1]), f32([1]), f32(0), None)], [(f32([0]), f32([1]), f32(log(2)), None)]], 4),
    # gates of ½, g = 0.6, c = 0.3, tanh 0.3 = 0.2913126
    Hand("lstm", column(log(2)), column(0.1456563), {"mul": 11, "add": 8, "neg": 3, "exp": 3, "div": 3, "tanh": 2},
         {"units": 1, "bias": False}, [[(f32([0, 0, 1, 0]), f32([0, 0, 0, 0]), None, None)]], 8),
    # two positions, one gate at a time open (σ(0) = ½, σ(log 3) = ¾): in, forget, candidate, out, as PyTorch orders them.
    # c = ½·0.6, h = ½·tanh 0.3; then c = ½·0.6 + ½·0.3 = 0.45, tanh 0.45 = 0.4218990
    Hand("lstm", column(log(2), log(2)), column(0.1456563, 0.2109495),
         {"mul": 22, "add": 16, "neg": 6, "exp": 6, "div": 6, "tanh": 4},
         {"units": 1, "bias": False}, [[(f32([0, 0, 1, 0]), f32([0, 0, 0, 0]), None, None)]], 16),
    # the gate that lets in is ¾: c = ¾·0.6 = 0.45, then ¾·0.6 + ½·0.45 = 0.675; tanh 0.675 = 0.5882590
    Hand("lstm", column(log(2), log(2)), column(0.2109495, 0.2941295),
         {"mul": 22, "add": 24, "neg": 6, "exp": 6, "div": 6, "tanh": 4},
         {"units": 1, "biases": 1}, [[(f32([0, 0, 1, 0]), f32([0, 0, 0, 0]), f32(log(3), 0, 0, 0), None)]], 16),
    # the one that keeps is ¾: c = 0.3, then ½·0.6 + ¾·0.3 = 0.525; tanh 0.525 = 0.4815499
    Hand("lstm", column(log(2), log(2)), column(0.1456563, 0.2407749),
         {"mul": 22, "add": 24, "neg": 6, "exp": 6, "div": 6, "tanh": 4},
         {"units": 1, "biases": 1}, [[(f32([0, 0, 1, 0]), f32([0, 0, 0, 0]), f32(0, log(3), 0, 0), None)]], 16),
    # the one that shows is ¾: ¾·tanh 0.3, ¾·tanh 0.45
    Hand("lstm", column(log(2), log(2)), column(0.2184845, 0.3164243),
         {"mul": 22, "add": 24, "neg": 6, "exp": 6, "div": 6, "tanh": 4},
         {"units": 1, "biases": 1}, [[(f32([0, 0, 1, 0]), f32([0, 0, 0, 0]), f32(0, 0, 0, log(3)), None)]], 16),
    # one bias: r = ½ halves the state before its matrix doubles it again
    Hand("gru", column(log(2), log(2) - 0.3), column(0.3, 0.45),
         {"mul": 18, "add": 12, "sub": 2, "neg": 4, "exp": 4, "div": 4, "tanh": 2}, {"units": 1, "bias": False},
         [[(f32([0, 0, 1]), f32([0, 0, 2]), None, None)]], 12),
    # two: it halves the state's bias, too
    Hand("gru", column(log(2) - 0.5), column(0.3), {"mul": 9, "add": 12, "sub": 1, "neg": 2, "exp": 2, "div": 2, "tanh": 1},
         {"units": 1, "biases": 2}, [[(f32([0, 0, 1]), f32([0, 0, 2]), f32(0, 0, 0), f32(0, 0, 1))]], 6),
    # 1 / √4 and 8 / √4
    Hand("scores", ([[1, 2, 3, 4]], [[1, 0, 0, 0], [0, 0, 0, 2]]), [[[0.5], [4]]], {"mul": 8, "add": 6, "div": 2}, {"heads": 1},
         live=8),
    Hand("scores", ([[2, 3]], [[5, 7]]), [[[10, 21]]], {"mul": 2, "div": 2}, {"heads": 2}, live=2),
    Hand("scores", ([[2, 3]], [[5]]), [[[10, 15]]], {"mul": 2, "div": 2}, {"heads": 2, "share": 2}, live=2),
    Hand("scores", ([[1], [2]], [[1], [3]]), [[[1], [-inf]], [[2], [6]]], {"mul": 4, "div": 4}, {"heads": 1, "causal": True},
         live=4),
    Hand("attend", ([[[0.25, 1], [0.75, 0]]], [[4, 10], [8, 20]]), [[7, 10]], {"mul": 4, "add": 2}, live=4),
    Hand("attend", ([[[0.25, 1], [0.75, 0]]], [[4], [8]]), [[7, 4]], {"mul": 4, "add": 2}, {"share": 2}, live=4),
    # a question of 0 asks all alike: the mean of 3·1 and 3·3, doubled; the first of both sees itself alone if causal
    Hand("mha", column(1, 3), column(12, 12),
         {"mul": 16, "add": 4, "div": 8, "max": 2, "sub": 4, "exp": 4}, {"heads": 1, "bias": False}, ONE_HEAD, 16),
    Hand("mha", column(1, 3), column(6, 12),
         {"mul": 16, "add": 4, "div": 8, "max": 2, "sub": 4, "exp": 4}, {"heads": 1, "bias": False, "causal": True}, ONE_HEAD, 16),
    # two heads of one channel share a head of keys and values of the memory, 5 and 7; each projection has a bias
    Hand("mha", ([[1, 1]], [[2], [4]]), [[116, 216]],
         {"mul": 20, "add": 16, "div": 8, "max": 2, "sub": 4, "exp": 4}, {"heads": 2, "kv_heads": 1},
         ([(f32([0], [0]), f32(0))] * 2, [(f32([1]), f32(1))], [(f32([1]), f32(3))],
          (f32([1, 1], [1, 1]), f32(104, 204))), 20),
    # means 2 and 4, together 6, and σ(0·6) = ½
    Hand("se", [[1, 2], [3, 6]], [[0.5, 1], [1.5, 3]], {"mul": 8, "add": 5, "div": 4, "max": 1, "neg": 2, "exp": 2},
         {"reduction": 2, "bias": False}, (f32([1, 1]), None, f32([0], [0]), None), 4),
    # 1 + 2 and 2 + 3, 10 times the first pixel of both; together 13 and 25, and the bias
    Hand("separable", column(1, 2, 3), column(113, 125), {"mul": 12, "add": 8},
         {"filters": 1, "kernel": 2, "multiplier": 2}, (f32([[1, 10]], [[1, 0]]), f32([[1], [1]]), f32(100)), 12),
    Hand("separable", column(1, 2), column(1, 3, 2), {"mul": 9, "add": 3},
         {"filters": 1, "kernel": 2, "padding": 1, "bias": False}, (f32([[1]], [[1]]), f32([[1]]), None), 7),
    Hand("slice", [0, 1, 2, 3, 4, 5, 6, 7], [1, 4], {}, {"start": 1, "stop": -1, "step": 3}),
    Hand("slice", column(1, 2, 3), column(3), {}, {"axis": "T", "start": -1}),
    Hand("split", [0, 1, 2, 3, 4, 5], [2, 3], {}, {"parts": 3, "part": 2}),
    Hand("split", column(1, 2, 3, 4), column(3, 4), {}, {"parts": 2, "part": 2, "axis": "T"}),
    Hand("tokens", [[1, 2]], [[5, 6], [7, 8], [1, 2]], {}, {"count": 2}, f32([5, 6], [7, 8])),
]  # fmt: skip


@pytest.mark.parametrize("hand", BY_HAND, ids=[f"{i}-{hand.word}" for i, hand in enumerate(BY_HAND)])
def test_values_and_operations_are_those_of_the_definition(hand: Hand) -> None:
    xs = hand.x if isinstance(hand.x, tuple) else (hand.x,)
    result = execute(hand.word, *(np.array([x], np.float32) for x in xs), weights=hand.weights, **hand.given)
    assert result.y.shape[1:] == np.array(hand.y).shape
    np.testing.assert_allclose(result.y[0], hand.y, rtol=2e-6, atol=2e-7)
    assert result.ops == hand.ops
    assert result.live == hand.live


@pytest.mark.parametrize("hand", BY_HAND, ids=[f"{i}-{hand.word}" for i, hand in enumerate(BY_HAND)])
def test_three_samples_are_three_times_one(hand: Hand) -> None:
    xs = hand.x if isinstance(hand.x, tuple) else (hand.x,)
    result = execute(
        hand.word, *(np.array([x] * 3, np.float32) for x in xs), weights=hand.weights, **hand.given
    )
    for sample in result.y:
        np.testing.assert_allclose(sample, hand.y, rtol=2e-6, atol=2e-7)
    assert result.ops == {kind: 3 * n for kind, n in hand.ops.items()}
    assert result.live == (None if hand.live is None else 3 * hand.live)
