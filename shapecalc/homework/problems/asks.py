"""What can be asked, one entry a word: each works its answer out with the engine, from the network a cell points at.

Pitfall: the same word asks for different numbers on different setups (`activations` of one layer are its output's values,
of a memory question all that is kept, the input included), so an entry sees the target and the cell's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import Any

from ...report.table import Row
from ...text import _
from . import cells
from .inverse_asks import SOLVES
from .network import Part
from .nodes import plain
from .outcome import Outcome, Refused, number, shape
from .target import Target

_SEPARATE = {"separable", "dsc", "mobilenet", "bottleneck"}
ONE = {"per", "each", "one", "single", "every"}
UNSHARED = {"unshared", "local", "locally", "unsharing"}
RECURRENT = ("lstm", "gru", "rnn")
MODEL_MEMORY = {"param", "params", "parameters", "weight", "weights", "model"}


def output_shape(t: Target) -> Outcome:
    """The shape that comes out, the batch in front where there is one; of `inputs`, what goes into the dense layer."""
    if {"inputs", "in", "fan"} & set(t.words) or t.cell in ("in_features", "fan_in"):
        dense = next((p for p in t.network.parts if p.word in ("fc", "linear")), None)
        if dense is not None and t.part is None:
            return shape((prod(dense.x),))
    part = t.part
    y = part.y if part else t.network.y
    last = _last_step_only(t)
    if last is not None and len(y) == 2:
        right = ((y[-1],),) if last else ((y[-1],), y)
        return Outcome(right, "shape", "", t.asked("output_shape"))
    if t.network.batch is not None:
        y = (t.network.batch, *y)
    return shape(y, _work(part, "output") if part else "", t.asked("output_shape"))


def _last_step_only(t: Target) -> bool | None:
    """Of a recurrent layer, whether only its last step goes on: True, False where nobody says, None where all do."""
    parts = t.network.parts
    part = t.part or parts[-1]
    if part.word not in RECURRENT or part not in parts or len(parts) != len(t.recipe.steps):
        return None
    place = parts.index(part)
    said = plain(t.recipe.steps[place].op.get("return_sequences"))
    after = parts[place + 1].word if place + 1 < len(parts) else ""
    if said is True or after in RECURRENT:
        return None
    return said is False or after in ("fc", "linear")


def input_shape(t: Target) -> Outcome:
    """The shape that goes in."""
    x = t.part.x if t.part else t.network.x
    return shape(x)


def output_size(t: Target) -> Outcome:
    """The size along the spatial axes."""
    y = t.part.y if t.part else t.network.y
    size = y[:-1] or y
    return shape(size, _work(t.part or t.last, "output"), t.asked("output_size"), "size")


def depth(t: Target) -> Outcome:
    """The channels that come out: how many maps."""
    y = t.part.y if t.part else t.network.y
    return number(y[-1])


def activations(t: Target) -> Outcome:
    """Values: of one layer's output; of a memory question, of the input and every listed layer together."""
    if t.part is None and (t.whole or t.about_memory) and len(t.network.parts) > 1:
        return number(t.network.listed_values())
    y = t.part.y if t.part else t.network.y
    if "tokens" in t.words or "positions" in t.words:
        return number(prod(y[:-1]))
    batch = t.network.batch or 1
    return number(batch * prod(y), " · ".join(map(str, y)), t.asked("activations"))


def memory(t: Target) -> Outcome:
    """Bytes of activations, or of parameters where the cell says so."""
    each = t.conventions.bytes_per_value
    about = MODEL_MEMORY & set(t.words)
    values = _sum(t, _params) if about else activations(t).right[0]
    assert isinstance(values, int)
    return number(values * each, f"{values} · {each}", t.asked("memory"), "bytes")


def weights(t: Target) -> Outcome:
    """Weights without biases."""
    return _counted(t, lambda row: row.params.weights, "weights")


def biases(t: Target) -> Outcome:
    """Biases alone."""
    return _counted(t, lambda row: row.params.biases, "biases")


def params(t: Target) -> Outcome:
    """Weights and biases, and the running statistics where the convention counts 4 a channel."""
    if {"no", "without"} & set(t.words) and {"bias", "biases"} & set(t.words):
        return weights(t)
    extra = t.conventions.bn == 4
    if "keras" in t.words:
        extra = True
    return _counted(t, lambda row: row.params.total + (row.params.buffers if extra else 0), "params")


def _params(row: Row) -> int:
    return row.params.total


def total_params(t: Target) -> Outcome:
    """Of the whole network, whatever part the cell may sound like."""
    return params(t._replace(part=None))


def trainable(t: Target) -> Outcome:
    """Weights and biases that are not frozen."""
    return _counted(t, lambda row: row.params.trainable, "")


def non_trainable(t: Target) -> Outcome:
    """Frozen parameters and running statistics."""
    return _counted(t, lambda row: row.params.total - row.params.trainable + row.params.buffers, "")


def macs(t: Target) -> Outcome:
    """Multiply-accumulates, a tap on padding included; of the whole batch."""
    batch = t.network.batch or 1
    return _counted(t, lambda row: batch * row.macs, "macs")


def flops(t: Target) -> Outcome:
    """Two operations for each multiply-accumulate."""
    batch = t.network.batch or 1
    return _counted(t, lambda row: 2 * batch * row.macs, "flops")


def additions(t: Target) -> Outcome:
    """The additions that are executed."""
    return _counted(t, lambda row: row.ops.get("add", 0), "")


def connections(t: Target) -> Outcome:
    """LeCun's count over a map, biases included; of a single neuron, its taps (CS231n notes)."""
    if all(set(p.y[:-1]) <= {1} and p.y[-1] == 1 for p in t.parts):
        return weights(t)
    return _counted(t, lambda row: row.connections, "connections")


def receptive_field(t: Target) -> Outcome:
    """The extent of input that one output value sees."""
    row = t.part.rows[-1] if t.part else t.network.rows[-1]
    if row.receptive_field is None:
        return shape(t.network.x[:-1] or t.network.x, kind="size")
    return shape(row.receptive_field.size, "", t.asked("receptive_field"), "size")


def jump(t: Target) -> Outcome:
    """How far apart, in input pixels, two neighbours of the output are: the product of the strides."""
    row = t.part.rows[-1] if t.part else t.network.rows[-1]
    if row.receptive_field is None:
        raise Refused(_("behind a layer that sees everything there is no stride to speak of"))
    return shape(row.receptive_field.stride, kind="size")


def taps(t: Target) -> Outcome:
    """The positions that a dilated filter touches, from 0; of several layers, their sizes one after another."""
    if len(t.network.parts) > 1:
        sizes = [p.y[:-1] or p.y for p in t.network.parts]
        return Outcome((tuple(s[0] for s in sizes),), "list")
    options = t.first.rows[-1].node.options
    d, f = options["dilation"][0], options["kernel"][0]  # type: ignore[index]
    return Outcome((tuple(range(0, d * f, d)),), "list")


def weights_over_c2(t: Target) -> Outcome:
    """Weights in units of C², where every layer has C channels in and out: the taps of all layers together."""
    return number(sum(prod(p.rows[-1].node.options["kernel"]) for p in t.parts))  # type: ignore[call-overload]


def matrix_shape(t: Target) -> Outcome:
    """Of a dense layer, inputs × units; of a convolution, as im2col multiplies it: windows × taps, or taps × filters."""
    part = t.part or t.last
    row, x = part.rows[-1], part.rows[-1].input_shapes[-1]
    options = row.node.options
    if "kernel" in options:
        kernel: Any = options["kernel"]
        inner = prod(kernel) * x[-1] // int(options.get("groups") or 1)  # type: ignore[call-overload]
        windows = prod(row.output_shape[:-1])
        if {"im2col", "col", "cols", "columns", "x", "patches", "input"} & set(t.words):
            return Outcome(((windows, inner), (inner, windows)), "shape")
        return Outcome(((row.output_shape[-1], inner), (inner, row.output_shape[-1])), "shape")
    pair = (prod(x) if part.word == "fc" else x[-1], row.output_shape[-1])
    return Outcome((pair,), "shape", "", t.asked("weights"))


def boolean(t: Target) -> Outcome:
    """Does it fit exactly; is the size kept; do two variants cost the same."""
    said = set(t.words)
    if {"same", "equal", "keeps", "kept", "preserved", "identical"} & said and len(t.variants) < 2:
        return Outcome((t.network.y[:-1] == t.network.x[:-1],), "yes_no")
    if {"same", "equal", "identical"} & said:
        counts = {sum(map(_params, net.rows)) for net in t.variants.values()}
        return Outcome((len(counts) == 1,), "yes_no")
    exact = True
    for part in t.parts:
        for layer in part.layers:
            for w in getattr(layer, "windows", ()):
                v = getattr(w, "letters", {})
                if {"N", "P_b", "P_a", "K", "S"} <= set(v):
                    exact = exact and (v["N"] + v["P_b"] + v["P_a"] - v["K"]) % v["S"] == 0
    if {"unused", "lost", "left", "ignored", "dropped", "wasted", "unread", "remainder"} & said:
        exact = not exact
    return Outcome((exact,), "yes_no")


def ratio(t: Target) -> Outcome:
    """One count over another: the second variant over the first, turned round where the question says how many times."""
    quantity = ADDITIVE.get(t.sibling or "macs", macs)
    values: list[Any] = [
        quantity(t._replace(part=None, network=net, words=())).right[0] for net in t.variants.values()
    ]
    if len(values) < 2:
        counts = {c: v for c, v in t.done.items() if isinstance(v, int) and not isinstance(v, bool)}
        sums = [
            v
            for c, v in counts.items()
            if cells.means_whole(cells.words(c)) or _SEPARATE & set(cells.words(c))
        ]
        values = [*list(counts.values())[:1], *(sums[:1] or list(counts.values())[1:2])]
    if len(values) < 2 or not all(isinstance(v, (int, Fraction)) and v for v in values[:2]):
        raise Refused(_("a ratio needs two networks, and the setup has not two"))
    first, second = Fraction(values[0]), Fraction(values[1])
    low, high = min(first, second), max(first, second)
    if "percent" in t.words or t.percent:
        if {"saving", "saved", "less", "reduction", "fewer"} & set(t.words):
            return number((1 - low / high) * 100, f"(1 − {low} / {high}) · 100", kind="ratio")
        return number(second / first * 100, f"{second} / {first} · 100", kind="ratio")
    if t.times:
        return number(high / low, f"{high} / {low}", kind="ratio")
    return number(second / first, f"{second} / {first}", kind="ratio")


def _counted(t: Target, count: Callable[[Row], int], quantity: str) -> Outcome:
    """A count summed over the target's rows; for one neuron or filter its share, unshared as many as there are neurons."""
    said = set(t.words)
    value = _sum(t, count)
    if quantity in ("weights", "biases", "params", "macs", "connections") and said:
        part = t.part or t.first
        if UNSHARED & said or ({"no", "without"} & said and {"sharing", "shared"} & said):
            neurons = prod(part.y)
            taps_ = sum(r.params.weights for r in part.rows) // max(1, part.y[-1])
            return number(
                neurons * (taps_ + (quantity == "params")), f"{neurons} · {taps_ + (quantity == 'params')}"
            )
        if ONE & said and {"neuron", "filter", "unit", "kernel", "map", "channel"} & said and part.y[-1]:
            value = _sum(t._replace(part=part), count)
            each = (
                prod(part.y)
                if quantity in ("macs", "connections") and {"neuron", "unit"} & said
                else part.y[-1]
            )
            return number(value // each)
    work = _work(t.part or (t.last if len(t.network.parts) == 1 else None), quantity)
    if quantity == "params" and work and t.conventions.bn == 4:
        buffers = sum(row.params.buffers for part in t.parts for row in part.rows)
        work += f" + {buffers}" if buffers else ""
    return number(value, work, t.asked(quantity) if quantity else None)


def _sum(t: Target, count: Callable[[Row], int]) -> int:
    return sum(count(row) for part in t.parts for row in part.rows)


def _work(part: Part | None, quantity: str) -> str:
    """The arithmetic of one layer's number."""
    if part is None:
        return ""
    layer = part.layers[-1]
    if quantity == "params":
        sides = [layer.work("weights"), layer.work("biases")]
        return " + ".join(side for side in sides if side)
    return layer.work({"flops": "macs"}.get(quantity, quantity))


ASKS: Mapping[str, Callable[[Target], Outcome]] = {
    "output_shape": output_shape, "input_shape": input_shape, "output_size": output_size, "depth": depth,
    "activations": activations, "memory": memory, "weights": weights, "biases": biases, "params": params,
    "total_params": total_params, "trainable": trainable, "non_trainable": non_trainable, "macs": macs, "flops": flops,
    "additions": additions, "connections": connections, "receptive_field": receptive_field, "jump": jump, "list": taps,
    "weights_over_C2": weights_over_c2, "matrix_shape": matrix_shape, "boolean": boolean, "ratio": ratio,
}  # fmt: skip
"""Every word of `asks:` (and `ask:`), and what answers it."""

OTHERS = {
    "shape": "output_shape", "output": "output_shape", "output_volume": "output_shape", "volume": "output_shape",
    "size": "output_size", "spatial_size": "output_size", "out": "output_size", "length": "output_size",
    "tokens": "activations", "neurons": "activations", "activation_size": "activations", "units": "solve_units",
    "values": "activations", "elements": "activations", "features": "activations", "patches": "activations",
    "parameters": "params", "learnable": "params", "bytes": "memory", "activation_bytes": "memory",
    "total": "total_params", "trainable_params": "trainable", "non_trainable_params": "non_trainable",
    "multiplications": "macs", "mults": "macs", "multiply_adds": "macs", "multiplies": "macs", "operations": "flops",
    "ops": "flops", "adds": "additions", "field": "receptive_field", "rf": "receptive_field", "taps": "list",
    "effective_kernel": "receptive_field", "extent": "receptive_field", "total_stride": "jump", "effective_stride": "jump",
    "stride_product": "jump", "channels": "depth", "maps": "depth", "yes_no": "boolean", "fits": "boolean",
    "bool": "boolean", "padding": "solve_padding", "stride": "solve_stride", "kernel": "solve_kernel",
    "kernel_size": "solve_kernel", "filter_size": "solve_kernel", "dilation": "solve_dilation", "input": "solve_input",
    "input_size": "solve_input", "solve_input_size": "solve_input", "solve_n": "solve_input", "solve_size": "solve_input",
    "filters": "solve_filters", "solve_out_channels": "solve_filters", "solve_f": "solve_kernel",
    "solve_filter": "solve_kernel", "solve_kernel_size": "solve_kernel", "solve_in_channels": "solve_channels",
    "solve_neurons": "solve_units", "hidden_units": "solve_units", "output_padding": "solve_output_padding",
    "conversion": "convert", "total_macs": "macs", "total_flops": "flops", "total_weights": "weights",
    "percent": "ratio", "fraction": "ratio", "percentage": "ratio", "factor": "ratio", "count": "activations",
    "solve_out": "output_size", "solve_output": "output_size", "im2col": "matrix_shape", "weight_shape": "matrix_shape",
    "speedup": "ratio", "saving_ratio": "ratio", "times": "ratio", "matrix": "matrix_shape", "buffers": "non_trainable",
}  # fmt: skip
"""Other words for them."""
ADDITIVE = {k: ASKS[k] for k in ("weights", "biases", "params", "total_params", "trainable", "macs", "flops", "activations",
                                 "memory", "connections", "additions", "non_trainable")}  # fmt: skip
SIZED = (
    "output_shape",
    "input_shape",
    "output_size",
    "activations",
    "memory",
    "macs",
    "flops",
    "additions",
    "boolean",
)
"""Asks whose answer depends on the input's size."""
SHAPED = ("output_shape", "output_size", "input_shape")


def meaning(said: str) -> str | None:
    """The ask that a word stands for, or None."""
    low = said.strip().lower().replace(" ", "_").replace("-", "_")
    known = {*ASKS, *SOLVES, "convert"}
    return said if said in known else low if low in known else OTHERS.get(low)


def wants_whole(ask: str, said: list[str]) -> bool:
    """Whether the cell asks for a whole network."""
    return cells.means_whole(said) or ask == "total_params"
