"""Global max pooling keeps the largest value of every map: H×W×C becomes a vector [C].

Pitfall: where the value stood is lost; the vector only says that it was somewhere.
"""

from __future__ import annotations

from ._base import Case
from ._global import GlobalPool


class GlobalMaxPool(GlobalPool):
    synonyms = ("gmp", "reduce_max", "全局最大池化")

    CASES = (
        Case("keras.io, GlobalMaxPooling2D", (4, 5, 3), {}, (3,), {"ops.max": 57}),
        Case("keras.io, GlobalMaxPooling1D: max over time", (3, 4), {}, (4,), {"ops.max": 8}),
    )
