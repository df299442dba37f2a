"""LeCun's sub-sampling adds up a window and learns one factor and one bias for each map: S2 of LeNet-5.

Pitfall: the modern LeNet-5 has plain average pooling in its place. Its factors and biases are parameters and its taps
are connections, as LeCun counts them (pools that learn nothing have none), but they are no multiply-accumulates.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _
from . import _window
from ._base import Case, Layer, Option, Shape, Step, spatial, times


class TrainablePool(Layer):
    ranks = (2, 3, 4)
    short = _window.SHORT
    synonyms = ("trainable_pool", "lecun_pool", "可训练池化")

    kernel = Option("size", help=N_("size of the window"))
    stride = Option("size", None, help=N_("step of the window; the kernel where not given"))

    def output(self) -> Shape:
        stride = self.kernel if self.stride is None else self.stride
        self.windows = _window.windows(self.x, self.kernel, stride, (1,) * len(stride), "valid")
        return (*(w.M for w in self.windows), self.x[-1])

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, **_window.axis_letters(self.x, self.windows, "F")}

    def formulas(self) -> Mapping[str, Formula]:
        return _table(spatial(len(self.x)))

    def steps(self) -> tuple[Step, ...]:
        return tuple(w.step for w in self.windows)

    def resolved(self) -> Mapping[str, Any]:
        return {**self.options, "stride": self.kernel if self.stride is None else self.stride}

    def notes(self) -> Mapping[str, str]:
        from ._why_windows import windows

        said = windows(self.windows, spatial(len(self.x)))
        said["weights"] = _("One factor a map, shared by all the taps of its windows.")
        said["biases"] = _("One bias a map.")
        said["connections"] = _("Every output value is wired to its taps and to its bias, as LeCun counts.")
        return said

    CASES = (
        Case(
            "LeCun et al. 1998, section II.B: S2",
            (28, 28, 6),
            {"kernel": 2},
            (14, 14, 6),
            {"weights": 6, "biases": 6, "connections": 5_880, "macs": 0, "ops.mul": 1_176, "ops.add": 4_704},
        ),
        Case(
            "LeCun et al. 1998, section II.B: S4",
            (10, 10, 16),
            {"kernel": 2},
            (5, 5, 16),
            {"weights": 16, "biases": 16, "connections": 2_000},
        ),
    )


@cache
def _table(axes: str) -> Mapping[str, Formula]:
    taps = times("F", axes)
    texts = {
        "weights": "C_out",
        "biases": "C_out",
        "connections": f"A * ({taps} + 1)",
        "ops.mul": "A",
        "ops.add": f"A * ({taps})",
    }
    return {quantity: Formula(text) for quantity, text in texts.items()}
