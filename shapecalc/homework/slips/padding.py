"""Slips over padding: one side, no side, the padding of another filter, `same` for `valid` and the other way round.

Pitfall: asked the other way round (which padding keeps the size?), the same slips give other answers: see `inverse`.
"""

from __future__ import annotations

from ...text import N_
from ..working import Working
from ._slip import SIZE, SPATIAL, Changed, slip

ASKED = f"{SPATIAL} padding"
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


def kept(w: Working) -> bool:
    """Whether the size is kept, but for the stride."""
    return all(t.value() == t.by(SHRUNK[0]).value() for t in w.axes)


@slip(2, SIZE, ASKED, N_("padding counted on one side only"), "填充只加了一侧(没乘 2)")
def pad_once(w: Working) -> Changed:
    for old, new in (
        ("2 * P", "P"),
        ("P_b + P_a", "P_b"),
        ("a_ - P_b - P_a", "a_ - P_b"),
        ("N + P_b + P_a", "N + P_b"),
    ):
        if changed := changed_axes(w, old, new, depth=True):
            yield changed
            return


@slip(1, SIZE, ASKED, N_("padding not applied"), "忽略填充")
def pad_ignored(w: Working) -> Changed:
    if w.transposed:
        if changed := changed_axes(w, "a_ - 2 * P", "a_") or changed_axes(w, "a_ - P_b - P_a", "a_"):
            yield changed
    elif padded(w):
        yield with_padding(w, 0)


@slip(2, SIZE, ASKED, N_("padding set to the kernel size"), "把填充取成卷积核大小")
def pad_equals_kernel(w: Working) -> Changed:
    if padded(w) and w.windowed and not w.pools and (_unsaid(w) or w.question.quantity == "padding"):
        yield w.with_options(padding=tuple((f, f) for f in w.question.options["kernel"]))


def _unsaid(w: Working) -> bool:
    """Whether the padding is left to whoever answers: `same` is not a number."""
    return isinstance(w.question.options.get("padding"), str)


def _habit(w: Working, p: int) -> Changed:
    """The padding of another filter: asked for, or of a filter larger than the habit's."""
    larger = w.windowed and min(w.question.options["kernel"]) > 2 * p + 1
    if (
        padded(w) not in (0, p)
        and w.windowed
        and not w.pools
        and (larger or w.question.quantity == "padding")
    ):
        yield with_padding(w, p)


@slip(2, SIZE, ASKED, N_("padding of a 3x3 filter used"), "套用 3x3 的填充 1")
def pad_habit_3x3(w: Working) -> Changed:
    yield from _habit(w, 1)


@slip(1, SIZE, ASKED, N_("padding of a 5x5 filter used"), "套用 5x5 的填充 2")
def pad_habit_5x5(w: Working) -> Changed:
    yield from _habit(w, 2)


@slip(1, SIZE, ASKED, N_("unbalanced padding"), "填充数不匹配")
def pad_once_too_many(w: Working) -> Changed:
    if (p := padded(w)) and w.windowed and not w.pools:
        yield with_padding(w, p + 1)


@slip(1, SIZE, ASKED, N_("padding added, kernel not fully subtracted"), "加了填充却没减够卷积核")
def pad_without_kernel(w: Working) -> Changed:
    if padded(w) and w.windowed:
        for old, new in (("a_ - F", "a_ - F // 2 - 1"), ("(a_ - F) // b_ + 1", "a_ // b_")):
            if changed := changed_axes(w, old, new):
                yield changed


@slip(5, SIZE, SPATIAL, N_("size kept where padding is valid"), "该用 valid 却用了 same")
def same_for_valid(w: Working) -> Changed:
    if not w.windowed or (w.pools and not padded(w) and all(s != 1 for s in _strides(w))):
        return
    if not kept(w):
        for text in SHRUNK:
            yield w.with_axes(tuple(t.by(text) for t in w.axes))
        if any(s != 1 for s in _strides(w)):
            yield w.with_axes(tuple(t.by(KEPT) for t in w.axes))


def _strides(w: Working) -> tuple[int, ...]:
    return tuple(t.letters.get("S", 1) for t in w.axes)


@slip(3, SIZE, SPATIAL, N_("size shrunk where padding is given"), "该用 same 却用了 valid")
def valid_for_same(w: Working) -> Changed:
    if w.windowed and (padded(w) or w.question.options.get("padding") in ("same", "same_lower")):
        yield w.with_options(padding="valid")


@slip(2, SIZE, SPATIAL, N_("symmetric padding on an even kernel"), "偶数核用了对称填充", special=True)
def even_same_symmetric(w: Working) -> Changed:
    if w.windowed and w.question.options.get("padding") in ("same", "same_lower", "keep"):
        extents = [t.letters["K"] for t in w.axes]
        if any(k % 2 == 0 for k in extents):
            for sides in (tuple((k - 1) // 2 for k in extents), tuple(k // 2 for k in extents)):
                yield w.with_options(padding=tuple((p, p) for p in sides))


@slip(1, SIZE, SPATIAL, N_("size grows"), "填充/核的符号弄反")
def sign_of_padding(w: Working) -> Changed:
    for old, new in (
        ("a_ + 2 * P", "a_ - 2 * P"),
        ("a_ + P_b + P_a", "a_ - P_b - P_a"),
        ("a_ - 2 * P", "a_ + 2 * P"),
    ):
        if changed := changed_axes(w, old, new):
            yield changed
            return
    grown = changed_axes(w, "(a_ - F) // b_ + 1", "(a_ + F) // b_ - 1")
    if grown and w.windowed and not w.pools and all(s == 1 for s in _strides(w)):
        yield grown


@slip(1, SIZE, SPATIAL, N_("kernel added"), "卷积核的符号弄反")
def sign_of_kernel(w: Working) -> Changed:
    changed = changed_axes(w, "(a_ - F) // b_ + 1", "(a_ + F) // b_ - 1")
    if changed and w.windowed and not w.pools and not padded(w):
        yield changed


@slip(1, SIZE, SPATIAL, N_("full convolution formula for stride 1 used with a stride"), "full 卷积公式套错")
def full_formula(w: Working) -> Changed:
    if not any(s != 1 for s in _strides(w)) or "kernel" not in w.question.options or w.pools:
        return
    for text in ("N + K - 1", "N + K - 1 - 2*P", "(N + K - 2) // S + 1"):
        axes = tuple(t.put(**{"P": 0, **t.letters}).by(text) for t in w.axes)
        yield w.with_axes(axes)
