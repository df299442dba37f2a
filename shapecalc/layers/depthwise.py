"""A depthwise convolution gives every channel filters of its own and never mixes two channels.

Pitfall: the depth of the output is not a free choice: it is the input's, times the multiplier.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..formula import Formula
from ..text import N_, _
from . import _window
from ._base import Case, Option, Shape
from ._conv import Convolution


class Depthwise(Convolution):
    synonyms = ("depthwiseconv", "depthwise_convolution", "dwconv", "convdw", "深度卷积", "逐通道卷积")

    kernel = Option("size", help=N_("size of a filter"))
    multiplier = Option("int", 1, help=N_("filters for each channel"))
    stride = Option("size", 1, help=N_("step of the window"))
    padding = Option("padding", 0, low=0, help=N_("zeros around the input"))
    dilation = Option("size", 1, help=N_("distance between two taps; 1 has no gaps"))
    bias = Option("bool", True, help=N_("one learned number a filter, added at every position"))

    channels = Formula("C_in * m")

    @property
    def channel_letters(self) -> Mapping[str, Any]:
        return {"C_in": self.x[-1], "m": self.multiplier}

    def pairs(self) -> str:
        return "C_out"

    def output(self) -> Shape:
        self.windows = _window.windows(self.x, self.kernel, self.stride, self.dilation, self.padding)
        return (*(w.M for w in self.windows), self.channels(self.channel_letters))

    def notes(self) -> Mapping[str, str]:
        text = _(
            "Every channel is filtered by itself, so the output is as deep as the input, times the filters for each."
        )
        return {**super().notes(), "output.C": text}

    CASES = (
        Case(
            "Howard et al. 2017, arXiv:1704.04861, Table 1: conv dw / s1; Keras MobileNet, conv_dw_1",
            (112, 112, 32),
            {"kernel": 3, "padding": 1, "bias": False},
            (112, 112, 32),
            {"weights": 288, "biases": 0, "macs": 3_612_672},
        ),
        Case(
            "OpenCV's getFLOPS on a depthwise 3×3, 64 channels, 32×32: the truth beside it is 2 × 589,824",
            (32, 32, 64),
            {"kernel": 3, "padding": "same"},
            (32, 32, 64),
            {"weights": 576, "biases": 64, "macs": 589_824, "ops.add": 589_824},
        ),
    )
