"""Lp pooling takes the p-norm of every window, (Σ |x|ᵖ)^(1/p): between average pooling and max pooling.

Pitfall: what it costs depends on p. p = 1 is absolute values and sums; p = 2 is squares, sums and a square root, and
needs no absolute values; any other p is |x|, a power a tap, sums and one more power.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import N_
from . import _pool
from ._base import Case, Option, spatial

ONE = (("abs", "A * {taps}"), ("add", "A * ({taps} - 1)"))
TWO = (("mul", "A * {taps}"), ("add", "A * ({taps} - 1)"), ("sqrt", "A"))
OTHER = (("abs", "A * {taps}"), ("pow", "A * ({taps} + 1)"), ("add", "A * ({taps} - 1)"))


class LpPool(_pool.Pool):
    synonyms = ("l2pool", "power_average_pool", "幂平均池化")

    norm = Option("int", 2, help=N_("p, the order of the norm"))

    def formulas(self) -> Mapping[str, Formula]:
        kinds = {1: ONE, 2: TWO}.get(self.norm, OTHER)
        return _pool.table(kinds, spatial(len(self.x)))

    CASES = (
        Case(
            "onnx 1.23.2, test_lppool_2d_strides",
            (32, 32, 3),
            {"kernel": 5, "stride": 3},
            (10, 10, 3),
            {"ops.mul": 7_500, "ops.add": 7_200, "ops.sqrt": 300},
        ),
        Case("onnx 1.23.2, test_lppool_1d_default", (32, 3), {"kernel": 2, "stride": 1, "norm": 3}, (31, 3)),
        Case(
            "onnx 1.23.2, test_lppool_2d_dilations",
            (4, 4, 1),
            {"kernel": 2, "stride": 1, "dilation": 2},
            (2, 2, 1),
        ),
    )
