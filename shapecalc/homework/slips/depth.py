"""Slips over the last axis: how many maps there are.

Pitfall: a convolution's depth is the number of its filters, and a pool's is that of its input; both look like rules about
the wrong one of the two.
"""

from __future__ import annotations

from ...text import N_
from ..terms import Term, formula
from ..working import Working
from ._slip import DEPTH, SHAPES, Changed, slip

POOLED = ("C_in // S", "C_in // F", "(C_in - F) // S + 1")


@slip(5, DEPTH, SHAPES, N_("input depth kept instead of the number of filters"), "输出通道沿用输入通道")
def depth_from_input(w: Working) -> Changed:
    if "filters" in w.question.options or w.question.word == "depthwise":
        yield w.with_depth(w.depth.by("C_in"))


@slip(2, DEPTH, SHAPES, N_("filters x input channels maps expected"), "认为输出通道 = 卷积核数 × 输入通道")
def depth_multiplied(w: Working) -> Changed:
    if "filters" in w.question.options:
        yield w.with_depth(w.depth.by("C_out * C_in"))


def _pooled(w: Working) -> list[Term]:
    """The depth put through the window too."""
    if not w.pools:
        return []
    v = w.layer.windows[0].letters  # type: ignore[attr-defined]
    return [Term(formula(f), {**w.depth.letters, "F": v["F"], "S": v["S"]}) for f in POOLED]


@slip(1, DEPTH, SHAPES, N_("channels pooled too"), "把通道也池化了")
def pool_channels(w: Working) -> Changed:
    yield from map(w.with_depth, _pooled(w))


@slip(1, DEPTH, SHAPES, N_("only the channels pooled"), "只池化了通道")
def pool_channels_only(w: Working) -> Changed:
    kept = tuple(t.by("N") for t in w.axes)
    yield from (w.with_axes(kept).with_depth(term) for term in _pooled(w))


@slip(2, DEPTH, SHAPES, N_("channels padded too"), "对通道也做了填充")
def pad_channels(w: Working) -> Changed:
    if w.question.word == "pad" and w.axes:
        letters = {**w.axes[0].letters, "N": w.layer.x[-1]}
        yield w.with_depth(Term(w.axes[0].formula, letters))
    elif w.windowed and w.axes[0].letters.get("P"):
        yield w.with_depth(Term(formula("C_out + 2*P"), {**w.depth.letters, "P": w.axes[0].letters["P"]}))


@slip(1, DEPTH, SHAPES, N_("some maps dropped"), "丢了部分特征图")
def lost_maps(w: Working) -> Changed:
    if w.question.word == "concat" and w.layer.y[:-1] == w.layer.x[:-1]:
        for x in w.question.inputs:
            yield w.with_depth(Term(formula("C_in"), {"C_in": x[-1]}))
            if len(w.question.inputs) > 2:
                yield w.with_depth(Term(formula("C_out - C_in"), {"C_out": w.layer.y[-1], "C_in": x[-1]}))
    elif w.axes and hasattr(w.layer, "windows"):
        for text in ("1", f"{w.depth.formula.text} // 2"):
            yield w.with_depth(w.depth.by(text))
