"""Subsampling keeps every S-th position and drops the others; nothing is computed.

Pitfall: it is a 1×1 max pool with a stride, and the shortcut of ResNet's option A: most of the input is never read.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..text import N_, _
from . import _window
from ._base import Case, Layer, Option, Shape, Step, spatial


class Subsample(Layer):
    ranks = (2, 3, 4)
    short = _window.SHORT
    synonyms = ("subsampling", "decimate", "downsample", "strided_slice", "下采样", "抽样")

    stride = Option("size", help=N_("distance between two positions that are kept"))

    def output(self) -> Shape:
        one = (1,) * len(self.stride)
        self.windows = _window.windows(self.x, one, self.stride, one, "valid")
        return (*(w.M for w in self.windows), self.x[-1])

    def steps(self) -> tuple[Step, ...]:
        return tuple(w.step for w in self.windows)

    def notes(self) -> Mapping[str, str]:
        from ._why_windows import windows

        return {
            **windows(self.windows, spatial(len(self.x))),
            "params": _("Nothing is computed, and nothing is learned."),
        }

    CASES = (
        Case(
            "He et al. 2015, arXiv:1512.03385, section 4.2: option A",
            (32, 32, 16),
            {"stride": 2},
            (16, 16, 16),
        ),
        Case("Python, len(range(0, 7, 3))", (7, 7, 1), {"stride": 3}, (3, 3, 1)),
    )
