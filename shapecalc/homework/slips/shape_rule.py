"""Slips in the shape of the size formula: brackets, another kernel or stride, a pool taken for a convolution.

Pitfall: habits (3×3, 5×5, halving) give the right size of another layer, so they only count where this one differs.
"""

from __future__ import annotations

from ...errors import ShapeError
from ...formula import Formula
from ...text import N_
from ..terms import Term, formula
from ..working import Given, Working
from ._slip import COUNTS, SHAPES, SIZE, SPATIAL, Changed, slip
from .padding import KEPT, SHRUNK, changed_axes, padded

PLUS_ONE = "a_ // b_ + 1"
EXTENT = "D * (F - 1) + 1"


EXTENTS = ("F", "D * F", "F * (D - 1) - 1", "D * (F - 1)", "F * (D - 1) + 1", "F + D - 1")
"""What the dilated filter's extent is mistaken for."""


def _all(w: Working, *texts: str) -> Changed:
    """Every size by another formula over the same letters."""
    for text in texts:
        yield w.with_axes(tuple(t.by(text) for t in w.axes))


@slip(1, SIZE, SPATIAL, N_("divided by S+1"), "写成除以 (S+1)")
def stride_plus_one_grouping(w: Working) -> Changed:
    changed = changed_axes(w, PLUS_ONE, "a_ // (b_ + 1)")
    if changed and w.windowed and not w.pools and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield changed


@slip(1, SIZE, SPATIAL, N_("only the filter divided by the stride"), "括号放错")
def bracket_misplaced(w: Working) -> Changed:
    changed = changed_axes(w, "(a_ - b_) // c_ + 1", "a_ - b_ // c_ + 1")
    if changed and w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield changed


@slip(1, SIZE, SPATIAL, N_("formula applied without the +s or the +1"), "公式代错")
def misapplied_formula(w: Working) -> Changed:
    if w.transposed:
        for old, new in (
            ("(N - 1) * S", "N * S"),
            ("a_ + O", "a_"),
            ("(N - 1) * S + b_", "(N - 1) * S + b_ + 1"),
        ):
            if changed := changed_axes(w, old, new):
                yield changed
        if all("P" in t.letters for t in w.axes):
            yield from _all(w, "(N + 2*P - F) // S + 1", "(N - F) // S + 1")
    elif w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        for new in ("(a_ + 1) // b_", "a_ // b_", "a_", "a_ + 1"):
            if changed := changed_axes(w, PLUS_ONE, new):
                yield changed


@slip(1, SIZE, f"{SPATIAL} stride", N_("size / stride"), "只除步幅,忽略核")
def kernel_ignored(w: Working) -> Changed:
    if w.windowed and any(t.letters.get("S", 1) != 1 for t in w.axes):
        yield from _all(w, SHRUNK[1], *([] if w.pools else [SHRUNK[0]]))


@slip(2, SIZE, f"{SHAPES} receptive_field", N_("kernel given as the size"), "把卷积核大小当输出")
def kernel_as_size(w: Working) -> Changed:
    if w.windowed and not w.pools:
        if w.question.quantity == "receptive_field":
            yield Given(w.layer.options["kernel"][0])
        else:
            yield from _all(w, "F")


def _kernel(w: Working, size: int) -> Changed:
    own = w.question.options.get("kernel")
    if isinstance(own, tuple) and not w.pools and any(n != size for n in own):
        yield w.with_options(kernel=(size,) * len(own))


@slip(1, SIZE, f"{SPATIAL} {COUNTS} kernel", N_("3x3 used"), "套用 3x3")
def kernel_habit_3x3(w: Working) -> Changed:
    yield from _kernel(w, 3)


@slip(2, SIZE, f"{SPATIAL} {COUNTS} kernel", N_("5x5 used"), "套用 5x5")
def kernel_habit_5x5(w: Working) -> Changed:
    yield from _kernel(w, 5)


@slip(1, SIZE, f"{SPATIAL} stride", N_("another stride used"), "步幅取错")
def wrong_stride(w: Working) -> Changed:
    if not hasattr(w.layer, "windows"):
        return
    own = tuple(t.letters.get("S", 1) for t in w.axes)
    kernel = tuple(w.question.options["kernel"])
    others = [(1,) * len(own), (2,) * len(own), *([kernel] if w.pools else [])]
    for stride in dict.fromkeys(others):
        if stride == own:
            continue
        yield w.with_options(stride=stride)
        if padded(w) and stride != (1,) * len(own):  # a stride is mostly met without padding
            yield w.with_options(stride=stride, padding="valid")


@slip(1, SIZE, SPATIAL, N_("pooling treated as a 3x3 convolution"), "把池化当卷积")
def pool_as_conv(w: Working) -> Changed:
    if w.pools and w.windowed:
        yield from _all(w, "N - 3 + 1", "N - F + 1")


@slip(2, SIZE, SPATIAL, N_("pooling left the size unchanged"), "池化没有改变尺寸")
def pool_does_nothing(w: Working) -> Changed:
    if w.pools and w.windowed:
        yield from _all(w, KEPT)


@slip(1, SIZE, SPATIAL, N_("convolution halves like a pooling layer"), "把卷积当 2x2 池化")
def pool_habit(w: Working) -> Changed:
    if w.windowed and not w.pools:
        yield from _all(w, "N // 2")


@slip(2, SIZE, f"{SPATIAL} receptive_field", N_("dilated extent wrong"), "空洞卷积有效核算错", special=True)
def dilation_formula(w: Working) -> Changed:
    dilation = w.question.options.get("dilation")
    if not isinstance(dilation, tuple) or all(d == 1 for d in dilation):
        return
    if w.question.quantity == "receptive_field":
        own = w.layer.windows[-1].letters  # type: ignore[attr-defined]
        for text in EXTENTS:
            grows = formula(f"({text} - 1) * J")

            def last(terms: tuple[Term, ...], grows: Formula = grows) -> tuple[Term, ...]:
                return (*terms[:-1], Term(grows, {**own, "J": terms[-1].letters["J"]}))

            yield w.with_fields(last)
        return
    for new in EXTENTS:
        if changed := changed_axes(w, EXTENT, new):
            yield changed


@slip(1, SIZE, f"{SPATIAL} receptive_field dilation",
      N_("dilation counted from 0"), "膨胀率从 0 起算", special=True)  # fmt: skip
def dilation_off_by_one(w: Working) -> Changed:
    dilation = w.question.options.get("dilation")
    if not isinstance(dilation, tuple) or all(d == 1 for d in dilation):
        return
    for step in (-1, 1):
        try:
            yield w.with_options(dilation=tuple(max(1, d + step) for d in dilation))
        except ShapeError:
            continue
    if w.question.quantity == "dilation" and isinstance(right := w.question.value(), int):
        yield Given(right - 1, f"{right} − 1")


@slip(
    1,
    SIZE,
    SPATIAL,
    N_("transposed layer thought to double exactly"),
    "以为转置卷积恰好放大 s 倍",
    special=True,
)
def transposed_doubles(w: Working) -> Changed:
    if w.transposed:
        yield w.with_axes(tuple(t.by("N * S") for t in w.axes))
