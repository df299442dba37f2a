"""RMS norm divides the channels of every position by their root mean square, then scales; nothing is subtracted.

Pitfall: it has no shift unless asked (Zhang & Sennrich, PyTorch and LLaMA have none), so it learns C numbers, not 2C.
"""

from __future__ import annotations

from ..text import N_
from . import _norm
from ._base import Case, Option, Work


class RmsNorm(_norm.Norm):
    synonyms = ("rms_normalization", "t5_layer_norm", "均方根归一化")
    centred = False

    scale = _norm.SCALE
    shift = Option("bool", False, help=N_("a learned number added to each channel"))
    eps = _norm.EPS

    def rows(self) -> tuple[Work, Work]:
        return _norm.per_position(self.x)

    CASES = (
        Case("PyTorch, RMSNorm(4096)", (8, 4096), {}, (8, 4096), {"weights": 4_096, "biases": 0}),
        Case(
            "Zhang & Sennrich 2019, arXiv:1910.07467, equation 4, four numbers done by hand",
            (4,),
            {},
            (4,),
            {"ops.add": 4, "ops.sub": 0, "ops.mul": 8, "ops.div": 5, "ops.sqrt": 1},
        ),
    )
