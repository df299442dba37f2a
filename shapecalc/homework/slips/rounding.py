"""Slips over the last step of a size: the + 1, and what becomes of a fraction.

Pitfall: frameworks differ in it, so the same number can be right in one and a slip in another.
"""

from __future__ import annotations

from ...text import N_
from ..terms import Term
from ..working import Given, Working
from ._slip import SIZE, SPATIAL, Changed, slip
from .padding import changed_axes

WINDOWED = f"{SPATIAL} padding stride kernel"


@slip(6, SIZE, f"{WINDOWED} receptive_field", N_("+1 forgotten"), "漏了 +1")
def no_plus_one(w: Working) -> Changed:
    for old, new in (("a_ // b_ + 1", "a_ // b_"), ("ceil_div(a_, b_) + 1", "ceil_div(a_, b_)")):
        if w.windowed and (changed := changed_axes(w, old, new)):
            yield changed
    if w.question.quantity == "receptive_field" and isinstance(right := w.question.value(), int):
        yield Given(right - 1, f"{right} − 1")


@slip(1, SIZE, f"{SPATIAL} receptive_field", N_("off by one"), "差 1")
def off_by_one(w: Working) -> Changed:
    if hasattr(w.layer, "windows"):
        for text in ("({}) + 1", "({}) - 1"):
            yield w.with_axes(tuple(_added(t, text) for t in w.axes))
    if w.question.quantity == "receptive_field" and isinstance(right := w.question.value(), int):
        yield Given(right + 1, f"{right} + 1")


def _added(term: Term, text: str) -> Term:
    return term.by(text.format(term.formula.text))


@slip(4, SIZE, WINDOWED, N_("rounded up instead of down"), "该向下取整却向上取整")
def ceil_for_floor(w: Working) -> Changed:
    if w.windowed and (changed := changed_axes(w, "a_ // b_", "ceil_div(a_, b_)")):
        yield changed


@slip(
    1, SIZE, SPATIAL, N_("rounded down where the framework rounds up"), "该向上取整却向下取整", special=True
)
def floor_for_ceil(w: Working) -> Changed:
    if w.windowed and (changed := changed_axes(w, "ceil_div(a_, b_)", "a_ // b_")):
        yield changed


@slip(1, SIZE, SPATIAL, N_("one too large, rounding or arithmetic"), "多 1,取整或计算失误")
def ceil_for_floor_or_slip(w: Working) -> Changed:
    if w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield w.with_axes(tuple(_added(t, "{} + 1") for t in w.axes))


@slip(3, SIZE, SPATIAL,
      N_("ceil mode without dropping the window that starts in the padding"), "ceil 模式未丢弃落在填充里的窗口", special=True)  # fmt: skip
def ceil_without_clip(w: Working) -> Changed:
    if w.windowed and (changed := changed_axes(w, "min(a_, b_)", "a_")):
        yield changed


@slip(2, SIZE, SPATIAL, N_("fraction left"), "结果没有取整")
def not_rounded(w: Working) -> Changed:
    if w.windowed:
        axes = tuple(
            Term(t.formula, t.letters, "//" in t.formula.text and "ceil" not in t.formula.text)
            for t in w.axes
        )
        yield w.with_axes(axes)
