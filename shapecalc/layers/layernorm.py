"""Layer norm gives the channels of every position mean 0 and variance 1, then a learned scale and shift.

Pitfall: it measures while it runs, so it costs the same at inference as in training and keeps no statistics.
"""

from __future__ import annotations

from . import _norm
from ._base import Case, Work


class LayerNorm(_norm.Norm):
    synonyms = ("layer_normalization", "ln", "层归一化", "层标准化")

    scale = _norm.SCALE
    shift = _norm.SHIFT
    eps = _norm.EPS

    def rows(self) -> tuple[Work, Work]:
        return _norm.per_position(self.x)

    CASES = (
        Case(
            "torchvision ViT-B/16, encoder_layer_0.ln_1: 1,536 parameters",
            (197, 768),
            {},
            (197, 768),
            {"weights": 768, "biases": 768, "buffers": 0, "macs": 0},
        ),
        Case(
            "Ba et al. 2016, arXiv:1607.06450, equation 3, four numbers done by hand",
            (4,),
            {},
            (4,),
            {"ops.add": 11, "ops.sub": 4, "ops.mul": 8, "ops.div": 6, "ops.sqrt": 1},
        ),
    )
