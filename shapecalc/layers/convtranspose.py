"""A transposed convolution throws every input value over a window of the output, so the map grows by the stride.

Every product is counted, of the whole input, also where its target is cut off (`macs_on_data` leaves those out), and
every product is added to its target, which starts from the bias or from 0. Pitfall: padding cuts the output, it does
not enlarge the input; `same` gives stride · N, and what of it no product reaches keeps the bias.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..errors import ShapeError
from ..formula import Formula
from ..text import N_, _
from . import _window
from ._base import Case, Option, Shape, Step, spatial
from ._conv import FILTERS_SPLIT, INPUT_SPLITS, Convolution
from ._spread import spread, table


class ConvTranspose(Convolution):
    synonyms = (
        "conv_transpose",
        "transposed_conv",
        "transpose_conv",
        "deconv",
        "deconvolution",
        "转置卷积",
        "反卷积",
    )

    filters = Option("int", help=N_("number of filters: the depth of the output"))
    kernel = Option("size", help=N_("size of the window that a value is thrown over"))
    stride = Option("size", 1, help=N_("distance between the windows of two neighbours"))
    padding = Option("padding", 0, low=0, help=N_("positions cut off the output's ends"))
    output_padding = Option("size", 0, low=0, help=N_("positions added at the output's end"))
    dilation = Option("size", 1, help=N_("distance between two taps; 1 has no gaps"))
    groups = Option("int", 1, help=N_("independent groups of channels"))
    bias = Option("bool", True, help=N_("one learned number a filter, added at every position"))

    def output(self) -> Shape:
        letters = {"C_in": self.x[-1], "C_out": self.filters, "G": self.groups}
        INPUT_SPLITS.check(letters)
        FILTERS_SPLIT.check(letters)
        word = isinstance(self.padding, str)
        if word and (
            self.padding in ("full", "keep") or (self.padding != "valid" and any(self.output_padding))
        ):
            message = _("padding: {word} does not say what to cut off here").format(word=self.padding)
            raise ShapeError("SC416", message, "padding", _("same without output padding, or a number"))
        sides = (self.padding,) * len(self.kernel) if word else self.padding
        axes = zip(self.x, self.kernel, self.stride, self.dilation, sides, self.output_padding)
        self.windows = tuple(spread(*axis) for axis in axes)
        return (*(w.M for w in self.windows), self.filters)

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        found = _window.axis_letters(self.x, self.windows, "NFML")
        return {**found, "C_in": self.x[-1], "C_out": self.filters, "G": self.groups}

    def formulas(self) -> Mapping[str, Formula]:
        return table(spatial(len(self.x)), self.groups != 1, self.bias)

    def steps(self) -> tuple[Step, ...] | None:
        """At stride 1 it is a convolution over K − 1 − P zeros; at others one step is less than a pixel."""
        if any(s != 1 for s in self.stride):
            return None
        return tuple(Step(w.letters["K"], 1, w.letters["K"] - 1 - w.padding[0]) for w in self.windows)

    def notes(self) -> Mapping[str, str]:
        from ._why_conv import transposed

        return transposed(self)

    CASES = (
        Case("the same layers in every tool: ConvTranspose 64→32 k4 s2 p1 on 16²", (16, 16, 64),
             {"filters": 32, "kernel": 4, "stride": 2, "padding": 1}, (32, 32, 32),
             {"weights": 32_768, "biases": 32, "macs": 8_388_608, "ops.mul": 8_388_608, "ops.add": 8_388_608}),
        Case("keras.io, Conv2DTranspose(32, 2, 2, padding='same')", (10, 8, 128),
             {"filters": 32, "kernel": 2, "stride": 2, "padding": "same"}, (20, 16, 32)),
        Case("Ronneberger et al. 2015, arXiv:1505.04597, Fig. 1: up-conv 2×2", (28, 28, 1024),
             {"filters": 512, "kernel": 2, "stride": 2}, (56, 56, 512)),
    )  # fmt: skip
