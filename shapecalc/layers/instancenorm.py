"""Instance norm measures every channel of every sample by itself, over the whole map.

Pitfall: PyTorch's default learns nothing (`scale: false, shift: false`); here scale and shift are on, as in all norms.
"""

from __future__ import annotations

from . import _norm
from ._base import Case, Work, positions


class InstanceNorm(_norm.Norm):
    ranks = (2, 3, 4)
    synonyms = ("instance_normalization", "contrast_norm", "实例归一化")

    scale = _norm.SCALE
    shift = _norm.SHIFT
    eps = _norm.EPS

    def steps(self) -> None:
        return None

    def rows(self) -> tuple[Work, Work]:
        return Work("R", _norm.CHANNELS, {"C_in": self.x[-1]}), positions("N", self.x)

    CASES = (
        Case(
            "docs.pytorch.org, InstanceNorm2d(100, affine=True)",
            (35, 45, 100),
            {},
            (35, 45, 100),
            {"weights": 100, "biases": 100, "buffers": 0, "ops.sqrt": 100},
        ),
        Case(
            "docs.pytorch.org, InstanceNorm2d(100): without learnable parameters",
            (35, 45, 100),
            {"scale": False, "shift": False},
            (35, 45, 100),
            {"weights": 0, "ops.mul": 157_500, "ops.add": 314_900, "ops.sub": 157_500, "ops.div": 157_700},
        ),
    )
