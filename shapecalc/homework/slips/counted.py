"""Slips over what is counted: filters for parameters, values for parameters, a copy of the weights at every position.

Pitfall: 5,120 values and 5,300 parameters of one network are both called "parameters" in a published quiz.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from ...layers._base import spatial, times
from ...text import N_
from ._slip import BIAS, COUNTS, FAN_IN, Changed, slip
from ._working import Given, Term, Working

LEARNED = "params weights"
MEASURED = ("weights", "macs", "connections")


def product(numbers: tuple[int, ...]) -> str:
    """A shape multiplied out in print: 28·28·6."""
    return "·".join(map(str, numbers))


def _rewritten(w: Working, old: str, new: str) -> Working | None:
    def change() -> Iterator[tuple[str, Term]]:
        for part in MEASURED:
            if part in w.parts and (term := w.parts[part].rewritten(old, new)):
                yield part, term

    parts = dict(change())
    return w.with_parts({**w.parts, **parts}) if parts else None


@slip("no_num_filters", 2, FAN_IN, N_("one filter only"), "只算一个卷积核", COUNTS)
def no_num_filters(w: Working) -> Changed:
    if "kernel" not in w.asked.options or w.layer.y[-1] == 1:
        return
    if changed := _rewritten(w, "C_out", "1"):
        if "biases" in changed.parts:
            yield changed.with_part("biases", changed.parts["biases"].by("1"))
            changed = changed.with_part("biases", None)
        yield changed


@slip(
    "filters_as_params",
    1,
    FAN_IN,
    N_("number of filters given as parameters"),
    "把卷积核个数当参数量",
    LEARNED,
)
def filters_as_params(w: Working) -> Changed:
    if "kernel" in w.asked.options and w.learned and w.layer.y[-1] > 1:
        yield Given(w.layer.y[-1])


@slip("no_weight_sharing", 4, FAN_IN, N_("filter weights multiplied by the output positions"),
      "没有权值共享,乘了输出位置数", LEARNED)  # fmt: skip
def no_weight_sharing(w: Working) -> Changed:
    if "kernel" not in w.asked.options or "weights" not in w.parts:
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


@slip(
    "params_as_activations",
    2,
    FAN_IN,
    N_("activations given for parameters"),
    "把激活值个数当参数量",
    LEARNED,
)
def params_as_activations(w: Working) -> Changed:
    y = w.layer.y
    yield Given(prod(y), product(y))
    if w.windowed and w.learned:  # a value a pixel and filter, as if the size were kept
        kept = (*w.layer.x[:-1], y[-1])
        yield Given(prod(kept), product(kept))


@slip("input_size_as_params", 1, FAN_IN, N_("size of the input given"), "把输入大小当参数量", LEARNED)
def input_size_as_params(w: Working) -> Changed:
    if w.learned:
        yield Given(prod(w.layer.x), product(w.layer.x))


@slip("pool_has_params", 2, FAN_IN, N_("a pooling layer given parameters"), "给池化层算了参数", f"{COUNTS}")
def pool_has_params(w: Working) -> Changed:
    if not w.pools:
        return
    window, channels = tuple(w.layer.options["kernel"]), w.layer.x[-1]
    if w.asked.quantity in ("params", "weights"):
        for numbers in (window, (*window, channels), (*window, channels, channels)):
            yield Given(prod(numbers), product(numbers))
            if w.asked.quantity == "params":
                extra = 1 if len(numbers) == len(window) else channels
                yield Given(prod(numbers) + extra, f"{product(numbers)} + {extra}")
    if w.asked.quantity == "params":
        yield Given(2 * channels, f"2·{channels}")
    if w.asked.quantity == "biases":
        yield Given(channels)
    if w.asked.quantity in ("macs", "flops", "connections"):
        numbers = (*w.layer.y[:-1], *window, channels)
        for found in (numbers, (*numbers, channels)):
            twice = 2 if w.asked.quantity == "flops" else 1
            yield Given(twice * prod(found), product((2, *found) if twice == 2 else found))


@slip(
    "bn_two_of_four",
    1,
    BIAS,
    N_("2 per channel where the summary counts 4"),
    "BN 只算 γ、β",
    "params",
    special=True,
)
def bn_two_of_four(w: Working) -> Changed:
    if "buffers" in w.parts:
        yield w.with_part("buffers", None)


@slip("bn_one", 1, BIAS, N_("1 per channel"), "BN 只算一份", "params", special=True)
def bn_one(w: Working) -> Changed:
    if (
        "weights" in w.parts
        and "macs" not in w.layer.formulas()
        and "biases" in w.parts
        and not w.pools
        and "kernel" not in w.asked.options
    ):
        yield w.with_parts({"weights": w.parts["weights"]})


@slip("counts_other_tensors", 1, BIAS, N_("counts more tensors than listed"), "统计口径不同",
      "params activations memory macs flops")  # fmt: skip
def counts_other_tensors(w: Working) -> Changed:
    quantity, layer = w.asked.quantity, w.layer
    if quantity == "params" and "buffers" in layer.formulas() and "buffers" not in w.parts:
        yield w.with_part("buffers", Term(layer.formulas()["buffers"], layer.letters_of("buffers")))
    if quantity in ("activations", "memory") and w.learned:
        each = w.asked.conventions.bytes_per_value if quantity == "memory" else 1
        values, read = prod(layer.y), sum(map(prod, w.asked.inputs))
        learned = layer.count("weights") + layer.count("biases")
        for extra in (read, learned, read + learned):
            yield Given(each * (values + extra))
    if quantity in ("macs", "flops") and layer.count("biases"):
        twice = 2 if quantity == "flops" else 1
        yield Given(twice * layer.count("macs") + prod(layer.y), f"{w.show()} + {product(layer.y)}")
