"""Slips over biases: forgotten, one for the whole layer, two for each, one for something else.

Pitfall: a norm's β is kept under the biases too, and is not what these are about.
"""

from __future__ import annotations

from ...layers._base import spatial, times
from ...text import N_
from ..working import Given, Working
from ._slip import BIAS, Changed, slip

PARAMS = "params biases"


def _biased(w: Working) -> bool:
    """Whether the layer's units have biases: it has weights over inputs, and biases beside them."""
    return "biases" in w.parts and "macs" in w.layer.formulas()


@slip(14, BIAS, "params biases connections", N_("weights only, biases forgotten"), "漏算偏置")
def no_bias(w: Working) -> Changed:
    if _biased(w):
        yield w.with_part("biases", None) if w.question.quantity == "params" else Given(0)
    if "connections" in w.parts and w.layer.count("biases"):
        term = w.parts["connections"]
        for old, new in (("a_ * (b_ + C_out)", "a_ * b_"), ("(C_in + 1) * a_", "C_in * a_")):
            if changed := term.rewritten(old, new):
                yield w.with_part("connections", changed)
                return


@slip(
    6, BIAS, PARAMS, N_("one bias for the whole layer instead of one per filter or unit"), "整层只算一个偏置"
)
def one_bias_per_layer(w: Working) -> Changed:
    if _biased(w):
        yield w.with_part("biases", w.parts["biases"].by("1"))


@slip(1, BIAS, PARAMS, N_("two biases per filter"), "偏置重复计算")
def bias_twice(w: Working) -> Changed:
    if _biased(w) and "biases" not in w.question.options:
        term = w.parts["biases"]
        yield w.with_part("biases", term.by(f"2 * ({term.formula.text})"))


@slip(1, BIAS, PARAMS, N_("one bias per input"), "按输入个数算偏置")
def bias_per_input(w: Working) -> Changed:
    if _biased(w):
        term = w.parts["biases"]
        yield w.with_part("biases", term.by("C_in").put(C_in=w.layer.letters["C_in"]))


@slip(1, BIAS, PARAMS, N_("one bias per output position"), "每个输出位置各算一个偏置")
def bias_per_position(w: Working) -> Changed:
    if not _biased(w) or not w.axes:
        return
    axes = spatial(len(w.layer.y))
    sizes = {f"M_{a}": n for a, n in zip(axes, w.layer.y)}
    for text in (f"{times('M', axes)} * C_out", times("M", axes)):
        term = w.parts["biases"].by(text)
        yield w.with_part("biases", term.put(**sizes, C_out=w.layer.y[-1]))


@slip(1, BIAS, PARAMS, N_("one or two bias vectors per gate"), "GRU 偏置约定不同", special=True)
def gru_bias_convention(w: Working) -> Changed:
    biases = w.question.options.get("biases")
    if _biased(w) and isinstance(biases, int):
        yield w.with_options(biases=3 - biases)
