"""Slips over padding: one side, no side, the padding of another filter, `same` for `valid` and the other way round.

Pitfall: asked the other way round (which padding keeps the size?), the same slips give other answers: see `inverse`.
"""

from __future__ import annotations

from ..working import Working
from ._slip import Changed

KEPT = "N"
SHRUNK = ("ceil_div(N, S)", "N // S")


def changed_axes(w: Working, old: str, new: str, depth: bool = False) -> Working | None:
    """Every size with `old` replaced by `new` (and the depth, where it is made of the same); None where there is none."""
    axes = tuple(term.rewritten(old, new) or term for term in w.axes)
    changed = w.with_axes(axes) if axes != w.axes else None
    if changed and depth and (below := w.depth.rewritten(old, new)):
        changed = changed.with_depth(below)
    return changed


def padded(w: Working) -> int:
    """The most zeros on a side of an axis; 0 where the layer does not pad, or cuts."""
    if w.transposed or not w.axes:
        return 0
    sides: list[int] = [t.letters.get(name, 0) for t in w.axes for name in ("P_b", "P_a", "P")]
    return max(sides)


def with_padding(w: Working, p: int) -> Working:
    """The same layer with `p` zeros on each side."""
    if w.question.word == "pad":
        channels = w.question.options["amount"][-1]
        return w.with_options(amount=(*(((p, p),) * len(w.axes)), channels))
    return w.with_options(padding=((p, p),) * len(w.axes))


def habit(w: Working, p: int) -> Changed:
    """The padding of another filter: asked for, or of a filter larger than the habit's."""
    larger = w.windowed and min(w.question.options["kernel"]) > 2 * p + 1
    if (
        padded(w) not in (0, p)
        and w.windowed
        and not w.pools
        and (larger or w.question.quantity == "padding")
    ):
        yield with_padding(w, p)


def strides(w: Working) -> tuple[int, ...]:
    return tuple(t.letters.get("S", 1) for t in w.axes)
