"""What add, mul and concat share: several inputs become one, and they must agree.

Pitfall: the branch that is named is the later one of two that disagree; a message counts branches from 1, and whoever
knows their names may put them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import Any, ClassVar

from ..errors import ShapeError
from ..formula import Formula, Requires
from ..symbolic import ceil_div
from ..text import N_, _
from ._base import UNCHANGED, Layer, Shape, Work, spatial, written

Inputs = tuple[Shape, ...]
Cure = Callable[[Inputs, int, int], "str | None"]
AGREE = Requires(Formula("N == M"), "SC401", N_("{N} is not {M}"))


class Merge(Layer):
    """An operation between equal shapes; a vector [C] is spread over the channels of a map first."""

    merges = True
    kind: ClassVar[str]

    def output(self) -> Shape:
        inputs = self.inputs
        target = max(range(len(inputs)), key=lambda i: len(inputs[i]))
        y = inputs[target]
        for i, x in enumerate(inputs):
            if len(x) == 1:
                agree(inputs, i, target, zip(x, y[-1:]))
            elif len(x) == len(y):
                agree(inputs, i, target, zip(x, y), projection)
            else:
                raise disagreement(inputs, i, target)
        return y

    def sizes(self) -> tuple[Work, ...]:
        axes = zip(spatial(len(self.y)) + "C", self.y)
        return tuple(Work(f"output.{axis}", UNCHANGED, {"N": n}) for axis, n in axes)

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, "B": len(self.inputs)}

    def formulas(self) -> Mapping[str, Formula]:
        return _table(self.kind)

    def notes(self) -> Mapping[str, str]:
        return {
            "output.C": _(
                "Value by value, so the branches must have one shape, and channels do not add up as in a concat."
            ),
            "params": _("Nothing is learned."),
        }


@cache
def _table(kind: str) -> Mapping[str, Formula]:
    return {f"ops.{kind}": Formula("A * (B - 1)")}


def agree(
    inputs: Inputs, i: int, j: int, sizes: Iterable[tuple[int, int]], cure: Cure = lambda *_: None
) -> None:
    """Demand that all pairs of `sizes` are equal; raises ShapeError (SC401) that names the inputs `i` and `j`."""
    try:
        for n, m in sizes:
            AGREE.check({"N": n, "M": m})
    except ShapeError:
        raise disagreement(inputs, i, j, cure(inputs, i, j)) from None


def disagreement(inputs: Inputs, i: int, j: int, help: str | None = None) -> ShapeError:
    """The error for two inputs that do not fit; the later one is at fault."""
    first, last = sorted((i, j))
    message = _("branch {last} is {x}, branch {first} is {y}").format(
        last=last + 1, x=written(inputs[last]), first=first + 1, y=written(inputs[first])
    )
    return ShapeError("SC401", message, None, help, last, first)


def projection(inputs: Inputs, i: int, j: int) -> str | None:
    """A cure for a gate that kept its axes, or for shapes that differ in channels or by a stride only."""
    first, last = sorted((i, j))
    for x, y in ((inputs[last], inputs[first]), (inputs[first], inputs[last])):
        if set(x[:-1]) == {1} != set(y[:-1]) and x[-1] == y[-1]:
            return _("gap gives a vector [{n}] instead of a map of {shape}").format(n=x[-1], shape=written(x))
    for at, other, where in (
        (last, first, N_("add a 1×1 projection to this branch:  {conv}")),
        (first, last, N_("add a 1×1 projection to branch {n}:  {conv}")),
    ):
        x, y = inputs[at], inputs[other]
        strides = {ceil_div(n, m) for n, m in zip(x[:-1], y[:-1])}
        if len(strides) == 1 and all(ceil_div(n, s) == m for s in strides for n, m in zip(x[:-1], y[:-1])):
            (stride,) = strides
            options = f"{{filters: {y[-1]}, stride: {stride}}}" if stride > 1 else str(y[-1])
            return _(where).format(conv=f"conv: {options}", n=at + 1)
    return None
