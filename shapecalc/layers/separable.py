"""A separable convolution first filters every channel by itself, then mixes the channels with a 1×1 convolution.

Pitfall: only the 1×1 has a bias, and nothing stands between the two; a norm or ReLU in the middle (MobileNet) makes
it a depthwise and a conv, written out.
"""

from __future__ import annotations

from ..text import N_
from . import _window
from ._base import Case, Layer, Option


class Separable(Layer):
    ranks = (2, 3, 4)
    short = _window.SHORT
    synonyms = (
        "separableconv",
        "separable_convolution",
        "sepconv",
        "depthwise_separable",
        "可分离卷积",
        "深度可分离卷积",
    )

    filters = Option("int", help=N_("number of filters: the depth of the output"))
    kernel = Option("size", 3, help=N_("size of the depthwise filters"))
    stride = Option("size", 1, help=N_("step of the depthwise window"))
    padding = Option("padding", 0, low=0, help=N_("zeros around the input"))
    multiplier = Option("int", 1, help=N_("depthwise filters for each channel"))
    bias = Option("bool", True, help=N_("whether the 1×1 convolution has one"))

    BODY = """\
- depthwise: {kernel: kernel, multiplier: multiplier, stride: stride, padding: padding, bias: false}
- conv: {filters: filters, bias: bias}
"""

    CASES = (
        Case(
            "Chollet 2016, arXiv:1610.02357; Keras Xception, block2_sepconv1: 8,768 parameters",
            (147, 147, 64),
            {"filters": 128, "padding": "same", "bias": False},
            (147, 147, 128),
            {"weights": 8_768, "biases": 0},
        ),
    )
