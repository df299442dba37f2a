"""Adding joins branches of the same shape value by value: k branches take k − 1 additions a value.

Pitfall: only equal shapes can be added, or a vector [C] over the channels of a map; nothing else is stretched.
"""

from __future__ import annotations

from ._base import Case
from ._merge import Merge


class Add(Merge):
    synonyms = ("eltwise", "elementwise", "sum", "plus", "residual", "相加", "求和", "残差")
    kind = "add"

    CASES = (
        Case(
            "He et al. 2015, arXiv:1512.03385, Table 1: conv2_x of ResNet-50",
            ((56, 56, 256), (56, 56, 256)),
            {},
            (56, 56, 256),
            {"ops.add": 802_816, "weights": 0, "macs": 0},
        ),
        Case(
            "keras.io, Add: three inputs", ((2, 3, 4), (2, 3, 4), (2, 3, 4)), {}, (2, 3, 4), {"ops.add": 48}
        ),
        Case("a vector over the channels", ((4,), (5, 5, 4)), {}, (5, 5, 4), {"ops.add": 100}),
    )
