"""Global average pooling turns every map into its mean: H×W×C becomes a vector [C].

Pitfall: it has nothing to learn, which is why it replaced the fully connected layers that held most parameters.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula
from ._base import Case
from ._global import EACH, OTHERS, GlobalPool


class GlobalAvgPool(GlobalPool):
    aliases = ("gap",)
    synonyms = ("globalaveragepool", "global_pool", "reduce_mean", "全局平均池化")

    def formulas(self) -> Mapping[str, Formula]:
        return {"ops.add": OTHERS, "ops.div": EACH}

    CASES = (
        Case(
            "He et al. 2015, arXiv:1512.03385, Table 1: average pool of ResNet-50",
            (7, 7, 2048),
            {},
            (2048,),
            {"ops.add": 98_304, "ops.div": 2_048, "weights": 0},
        ),
        Case("Lin et al. 2013, arXiv:1312.4400, section 3.2: one map a category", (8, 8, 10), {}, (10,)),
    )
