"""Slips over the receptive field: the recursion R ← R + (K − 1)·J walked without the jump, backwards, or just added up.

Pitfall: a pool belongs to the chain like any other window; leaving it out is the commonest of all.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from ...text import N_
from ..asked import Unasked, plain, steps, walk
from ._slip import CHAIN, Changed, slip
from ._working import Given, Working

Axis = tuple[tuple[int, int], ...]
"""(extent, stride) of every layer, along one axis."""
FIELD = "receptive_field"


def _axes(w: Working) -> tuple[Axis, ...]:
    found = steps((*w.asked.earlier, w.asked))
    if not found:
        raise Unasked(FIELD)
    return tuple(zip(*found))


def _each(w: Working, rule: Callable[[Axis], int], shown: Callable[[Axis], str]) -> Given:
    axes = _axes(w)
    return Given(plain(tuple(map(rule, axes))), shown(axes[0]))


def _sum(numbers: list[int]) -> str:
    return " + ".join(map(str, numbers))


@slip(2, CHAIN, FIELD, N_("jump of earlier strides ignored"), "感受野没乘前面的步幅", special=True)
def rf_ignores_stride(w: Working) -> Changed:
    yield _each(w, lambda a: 1 + sum(k - 1 for k, _ in a), lambda a: _sum([1, *(k - 1 for k, _ in a)]))

    def last_stride_only(axis: Axis) -> int:
        before = (1, *(s for _, s in axis[:-1]))
        return 1 + sum((k - 1) * s for (k, _), s in zip(axis, before))

    def shown(axis: Axis) -> str:
        before = (1, *(s for _, s in axis[:-1]))
        return " + ".join(["1", *(f"{k - 1}·{s}" for (k, _), s in zip(axis, before))])

    yield _each(w, last_stride_only, shown)


@slip(1, CHAIN, FIELD, N_("layers walked in the wrong order"), "感受野递推方向反了", special=True)
def rf_reverse_order(w: Working) -> Changed:
    yield Given(plain(walk(tuple(reversed(steps((*w.asked.earlier, w.asked)))))))

    def own_stride_too(axis: Axis) -> int:
        size, jump = 1, 1
        for k, s in axis:
            jump *= s
            size += (k - 1) * jump
        return size

    yield _each(w, own_stride_too, lambda a: "")


@slip(1, CHAIN, FIELD, N_("kernels added up"), "把核大小直接相加", special=True)
def rf_additive(w: Working) -> Changed:
    yield _each(w, lambda a: sum(k for k, _ in a), lambda a: _sum([k for k, _ in a]))
    yield _each(
        w, lambda a: sum(k + s - 1 for k, s in a), lambda a: " + ".join(f"{k} + {s - 1}" for k, s in a)
    )
    yield _each(w, lambda a: prod(k for k, _ in a), lambda a: "·".join(str(k) for k, _ in a))
