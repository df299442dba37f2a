"""Slips over what is counted: filters for parameters, values for parameters, a copy of the weights at every position.

Pitfall: 5,120 values and 5,300 parameters of one network are both called "parameters" in a published quiz.
"""

from __future__ import annotations

from math import prod

from ...layers._base import spatial, times
from ...text import N_
from ..parts import factor
from ..terms import Term
from ..working import Given, Working
from ._slip import BIAS, COUNTS, FAN_IN, Changed, slip

LEARNED = "params weights"


def product(numbers: tuple[int, ...]) -> str:
    """A shape multiplied out in print: 28·28·6."""
    return "·".join(map(str, numbers))


@slip(2, FAN_IN, COUNTS, N_("one filter only"), "只算一个卷积核")
def no_num_filters(w: Working) -> Changed:
    if "kernel" not in w.question.options or w.layer.y[-1] == 1:
        return
    if changed := w.measured(lambda t: t.rewritten("C_out", "1")):
        if "biases" in changed.parts:
            yield changed.with_part("biases", changed.parts["biases"].by("1"))
            changed = changed.with_part("biases", None)
        yield changed


@slip(1, FAN_IN, LEARNED, N_("number of filters given as parameters"), "把卷积核个数当参数量")
def filters_as_params(w: Working) -> Changed:
    if "kernel" in w.question.options and w.learned and w.layer.y[-1] > 1:
        yield Given(w.layer.y[-1])


@slip(
    4, FAN_IN, LEARNED, N_("filter weights multiplied by the output positions"), "没有权值共享,乘了输出位置数"
)
def no_weight_sharing(w: Working) -> Changed:
    if "kernel" not in w.question.options or "weights" not in w.parts:
        return
    axes = spatial(len(w.layer.y))
    sizes = {f"M_{a}": n for a, n in zip(axes, w.layer.y)}
    positions = times("M", axes)

    def spread(w: Working, part: str) -> Working:
        term = w.parts[part]
        return w.with_part(part, term.by(f"{positions} * {term.formula.text}").put(**sizes))

    alone = spread(w, "weights")
    if "biases" in w.parts:
        yield spread(alone, "biases")
    yield alone
    if "biases" in w.parts:
        yield alone.with_part("biases", None)


@slip(2, FAN_IN, LEARNED, N_("activations given for parameters"), "把激活值个数当参数量")
def params_as_activations(w: Working) -> Changed:
    y = w.layer.y
    yield Given(prod(y), product(y))
    if w.windowed and w.learned:  # a value a pixel and filter, as if the size were kept
        kept = (*w.layer.x[:-1], y[-1])
        yield Given(prod(kept), product(kept))


@slip(1, FAN_IN, LEARNED, N_("size of the input given"), "把输入大小当参数量")
def input_size_as_params(w: Working) -> Changed:
    if w.learned:
        yield Given(prod(w.layer.x), product(w.layer.x))


@slip(2, FAN_IN, f"{COUNTS}", N_("a pooling layer given parameters"), "给池化层算了参数")
def pool_has_params(w: Working) -> Changed:
    if not w.pools:
        return
    window, channels = tuple(w.layer.options["kernel"]), w.layer.x[-1]
    if w.question.quantity in ("params", "weights"):
        for numbers in (window, (*window, channels), (*window, channels, channels)):
            yield Given(prod(numbers), product(numbers))
            if w.question.quantity == "params":
                extra = 1 if len(numbers) == len(window) else channels
                yield Given(prod(numbers) + extra, f"{product(numbers)} + {extra}")
    if w.question.quantity == "params":
        yield Given(2 * channels, f"2·{channels}")
    if w.question.quantity == "biases":
        yield Given(channels)
    if w.question.quantity in ("macs", "flops", "connections"):
        numbers = (*w.layer.y[:-1], *window, channels)
        for found in (numbers, (*numbers, channels)):
            twice = 2 if w.question.quantity == "flops" else 1
            yield Given(twice * prod(found), product((2, *found) if twice == 2 else found))


@slip(1, BIAS, "params", N_("2 per channel where the summary counts 4"), "BN 只算 γ、β", special=True)
def bn_two_of_four(w: Working) -> Changed:
    if "buffers" in w.parts:
        yield w.with_part("buffers", None)


@slip(1, BIAS, "params", N_("1 per channel"), "BN 只算一份", special=True)
def bn_one(w: Working) -> Changed:
    if (
        "weights" in w.parts
        and "macs" not in w.layer.formulas()
        and "biases" in w.parts
        and not w.pools
        and "kernel" not in w.question.options
    ):
        yield w.with_parts({"weights": w.parts["weights"]})


@slip(1, BIAS, "params activations memory macs flops", N_("counts more tensors than listed"), "统计口径不同")
def counts_other_tensors(w: Working) -> Changed:
    quantity, layer = w.question.quantity, w.layer
    if quantity == "params" and "buffers" in layer.formulas() and "buffers" not in w.parts:
        yield w.with_part("buffers", Term(layer.formulas()["buffers"], layer.letters_of("buffers")))
    if quantity in ("activations", "memory") and w.learned:
        each = factor(quantity, w.question.conventions)
        values, read = prod(layer.y), sum(map(prod, w.question.inputs))
        learned = layer.count("weights") + layer.count("biases")
        for extra in (read, learned, read + learned):
            yield Given(each * (values + extra))
    if quantity in ("macs", "flops") and layer.count("biases"):
        added = prod(layer.y)
        yield Given(
            layer.count("macs") * factor(quantity, w.question.conventions) + added, f"{w.show()} + {added}"
        )
