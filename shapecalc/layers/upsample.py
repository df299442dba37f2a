"""Upsampling enlarges a map by a whole number: pixels are repeated, or new ones mixed from their neighbours.

Nothing is counted for `nearest`. `bilinear` is a weighted sum of the two nearest in each direction: of 4 on a map, 4
mul and 3 add a value, also at the edges, where neighbours fall together; the weights are constants. Pitfall: it learns
nothing; a transposed convolution does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Step, Work, spatial

GROWN = Formula("N*U")


class Upsample(Layer):
    ranks = (2, 3, 4)
    synonyms = ("upsampling", "interpolate", "resize", "unpool", "upscale", "上采样", "插值")

    scale = Option("size", help=N_("how many times larger, along each axis"))
    mode = Option("choice", "nearest", choices=("nearest", "bilinear"), help=N_("repeated, or mixed"))

    def output(self) -> Shape:
        return tuple(work.value for work in self.sizes())

    def sizes(self) -> tuple[Work, ...]:
        axes = zip(spatial(len(self.x)), self.x, self.scale)
        grown = (Work(f"output.{axis}", GROWN, {"N": n, "U": u}) for axis, n, u in axes)
        return (*grown, Work("output.C", self.channels, {"C_in": self.x[-1]}))

    def formulas(self) -> Mapping[str, Formula]:
        return _mixed(len(self.x) - 1) if self.mode == "bilinear" else {}

    def steps(self) -> tuple[Step, ...] | None:
        return () if all(s == 1 for s in self.scale) else None

    def notes(self) -> Mapping[str, str]:
        text = _(
            "Pixels are repeated, or mixed with fixed weights: nothing is learned. A transposed convolution would learn."
        )
        return {"params": text}

    CASES = (
        Case(
            "docs.pytorch.org, Upsample(scale_factor=2)", (2, 2, 1), {"scale": 2}, (4, 4, 1), {"ops.mul": 0}
        ),
        Case(
            "docs.pytorch.org, UpsamplingBilinear2d(scale_factor=2)",
            (2, 2, 1),
            {"scale": 2, "mode": "bilinear"},
            (4, 4, 1),
            {"ops.mul": 64, "ops.add": 48, "weights": 0, "macs": 0},
        ),
        Case("keras.io, UpSampling2D(size=(1, 2))", (2, 1, 3), {"scale": (1, 2)}, (2, 2, 3)),
    )


@cache
def _mixed(axes: int) -> Mapping[str, Formula]:
    neighbours = 2**axes
    return {"ops.mul": Formula(f"{neighbours} * A"), "ops.add": Formula(f"{neighbours - 1} * A")}
