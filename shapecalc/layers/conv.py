"""A convolution slides its filters over the input; every output value is one filter's products, added up.

Pitfall: a filter is as deep as its input, so its depth is never written: a 5×5 filter on 28×28×192 has 5·5·192 weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..text import N_
from . import _window
from ._base import Case, Option, Shape
from ._conv import FILTERS_SPLIT, INPUT_SPLITS, Convolution, check_connections


class Conv(Convolution):
    synonyms = ("convolution", "pointwise", "conv1x1", "卷积", "卷积层")

    filters = Option("int", help=N_("number of filters: the depth of the output"))
    kernel = Option("size", 1, help=N_("size of a filter"))
    stride = Option("size", 1, help=N_("step of the window"))
    padding = Option("padding", 0, low=0, help=N_("zeros around the input"))
    dilation = Option("size", 1, help=N_("distance between two taps; 1 has no gaps"))
    groups = Option("int", 1, help=N_("independent groups of channels"))
    bias = Option("bool", True, help=N_("one learned number a filter, added at every position"))
    rounding = Option(
        "choice",
        "floor",
        choices=("floor", "ceil"),
        help=N_("what happens to a window that does not fit whole"),
    )
    connections = Option(
        "table",
        None,
        low=0,
        help=N_("input maps that each filter reads, where not all (LeCun 1998, Table I)"),
    )

    def output(self) -> Shape:
        if self.groups != 1:
            letters = {"C_in": self.x[-1], "C_out": self.filters, "G": self.groups}
            INPUT_SPLITS.check(letters)
            FILTERS_SPLIT.check(letters)
        if self.connections is not None:
            check_connections(self.connections, self.x[-1], self.filters, self.groups)
        self.windows = _window.windows(
            self.x, self.kernel, self.stride, self.dilation, self.padding, self.rounding
        )
        return (*(w.M for w in self.windows), self.filters)

    def pairs(self) -> str:
        return (
            "Q"
            if self.connections is not None
            else "(C_in // G) * C_out"
            if self.groups != 1
            else "C_in * C_out"
        )

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        pairs = None if self.connections is None else sum(map(len, self.connections))
        return {**super().letters, "G": self.groups, "Q": pairs}

    def resolved(self) -> Mapping[str, Any]:
        return {k: v for k, v in super().resolved().items() if k != "connections" or v is not None}

    CASES = (
        Case("LeCun et al. 1998, section II.B: C1", (32, 32, 1), {"filters": 6, "kernel": 5}, (28, 28, 6),
             {"weights": 150, "biases": 6, "connections": 122_304, "macs": 117_600}),
        Case("Krizhevsky et al. 2012, section 3.5", (227, 227, 3), {"filters": 96, "kernel": 11, "stride": 4}, (55, 55, 96),
             {"weights": 34_848, "biases": 96, "macs": 105_415_200}),
        Case("deeplearning.ai CNN course, week 2: 5×5 same convolution", (28, 28, 192),
             {"filters": 32, "kernel": 5, "padding": "same", "bias": False}, (28, 28, 32),
             {"weights": 153_600, "biases": 0, "macs": 120_422_400, "macs_on_data": 110_321_664}),
    )  # fmt: skip
