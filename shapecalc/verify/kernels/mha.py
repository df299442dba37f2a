"""Multi-head attention in one piece: Concat(head₁ … head_h)·W^O, and head_i = softmax(Q·W_i^Q·(K·W_i^K)ᵀ / √d_k)·V·W_i^V.

From Vaswani et al. 2017 (section 3.2.2, equation 1 in 3.2.1, the mask in 3.2.3), and Ainslie et al. 2023 (section 2.2)
for fewer heads of keys and values; biases as in PyTorch's MultiheadAttention. Pitfall: as in the paper every head has
matrices of its own, and the heads of one group ask the same keys.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import ShapeError
from ..counted import Array
from ..draw import Draw, Shapes
from ..room import Room
from . import _attention, _axes

sees = "everything"
gates = True
wired = True


def draw(d: Draw, xs: Shapes, o: Any) -> Any:
    """The projections of each query head, of each head of keys, of each of values, and the one behind them all."""
    query, memory = xs[0][-1], xs[-1][-1]
    heads, groups, width = _settled(o, query)
    each = _axes.share(width, heads)
    _axes.share(heads, groups)

    def projections(count: int, channels: int) -> list[tuple[Any, Any]]:
        return [_attention.projection(d, channels, each, o["bias"]) for _head in range(count)]

    asked, keys, values = projections(heads, query), projections(groups, memory), projections(groups, memory)
    return asked, keys, values, _attention.projection(d, width, width, o["bias"])


def _settled(o: Any, channels: int) -> tuple[int, int, int]:
    """How many heads ask, how many answer, and how wide all are together."""
    heads = o["heads"]
    return heads, heads if o["kv_heads"] is None else o["kv_heads"], channels if o["d"] is None else o["d"]


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    query, memory = xs[0], xs[-1]
    if len(xs) > 2:
        raise ShapeError("SC419", f"{len(xs)} inputs, and attention has a query and a memory")
    for x in xs:
        _axes.need(x, 2)
    asked, keys, values, (last, bias) = w
    each = [[_attention.projected(memory, *one) for one in pair] for pair in zip(keys, values)]
    known = [both for both in each for _asking in range(_axes.share(len(asked), len(keys)))]
    heads = [
        _attention.head(_attention.projected(query, *one), key, value, o["causal"])
        for one, (key, value) in zip(asked, known)
    ]
    return _attention.projected(np.concatenate(heads, axis=-1), last, bias)


def live(xs: tuple[Array, ...], w: Any, o: Any) -> int:
    """Every weight meets every position, and every position of the query every one of the memory, twice."""
    query, memory = (x.shape[0] * x.shape[1] for x in (xs[0], xs[-1]))
    asked, keys, values, (last, _bias) = w
    pairs: int = query * xs[-1].shape[1]
    products: int = sum(query * int(matrix.size) for matrix, _bias in asked) + query * int(last.size)
    products += sum(memory * int(matrix.size) for matrix, _bias in (*keys, *values))
    products += sum(pairs * int(matrix.shape[-1] + matrix.shape[-1]) for matrix, _bias in asked)
    return products


def scratch(r: Room) -> int:
    """All keys and values, what every head found, twice, one head's question, and its scores before and after a mask."""
    (batch, asking, query), (_batch, asked, _memory) = r.xs[0], r.xs[-1]
    heads, groups, width = _settled(r.o, query)
    each = _axes.share(width, heads)
    found: int = 2 * asked * groups * each + asking * (2 * width + 2 * each + 2) + 3 * asking * asked
    return batch * found + asking * asked
