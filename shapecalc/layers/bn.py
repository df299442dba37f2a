"""Batch norm shifts and scales every channel: at inference one multiplication and one addition a value.

Pitfall: γ is a weight and β a bias, but the running mean and variance are buffers: Keras adds them to its total as
"non-trainable parameters", PyTorch does not. Folding them into γ and β beforehand is outside the count.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ..text import _
from . import _norm
from ._base import Case, Layer

EACH = Formula("A")
STATISTICS = Formula("2 * C_out")


class Bn(Layer):
    synonyms = ("batchnorm", "batch_normalization", "spatial_bn", "批归一化", "批量归一化", "批标准化")

    scale = _norm.SCALE
    shift = _norm.SHIFT
    eps = _norm.EPS

    def formulas(self) -> Mapping[str, Formula]:
        learned = _norm.learned(self.scale, self.shift)
        return {**learned, "buffers": STATISTICS, "ops.mul": EACH, "ops.add": EACH}

    def notes(self) -> Mapping[str, str]:
        return {
            "weights": _("γ, one learned factor a channel, not one a value."),
            "biases": _("β, one learned number a channel."),
            "buffers": _(
                "The running mean and variance of each channel: measured while training, not learned. Keras adds them to its total as non-trainable, PyTorch does not."
            ),
            "ops.mul": _(
                "At inference the statistics are folded into γ and β beforehand: one multiplication and one addition a value."
            ),
        }

    CASES = (
        Case(
            "the same layers in every tool: BatchNorm 64×56² (eval)",
            (56, 56, 64),
            {},
            (56, 56, 64),
            {"ops.mul": 200_704, "ops.add": 200_704, "macs": 0},
        ),
        Case(
            "Keras MobileNet, conv1_bn: 128 with the statistics",
            (112, 112, 32),
            {},
            (112, 112, 32),
            {"weights": 32, "biases": 32, "buffers": 64},
        ),
        Case(
            "Keras InceptionV3, batch_normalization_203 (scale=False): 96 with the statistics",
            (149, 149, 32),
            {"scale": False},
            (149, 149, 32),
            {"weights": 0, "biases": 32, "buffers": 64},
        ),
    )
