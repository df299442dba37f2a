"""The number that belongs into a cell: a quantity of one worked-out layer, under the key's conventions.

Pitfall: conventions that change the network itself (no biases, rounding up) change the options before the layer is
built (`adapted`); those that change what is counted are applied here. A layer may be the student's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from .. import layers
from ..errors import ShapeError
from ..graph import Shape
from ..layers import Layer
from ..text import _
from .conventions import BYTES, Conventions

Value = int | Shape
SUMMED = ("activations", "weights", "biases", "params", "macs", "flops", "memory", "connections")
"""Columns that have a total."""
POOLS = ("maxpool", "avgpool", "lppool")


def adapted(word: str, options: Mapping[str, Any], wanted: Conventions) -> Mapping[str, Any]:
    """A layer's options as the conventions have them: biases, rounding, `same` padding, bias vectors of a gate."""
    new = dict(options)
    if wanted.bias != "spec" and "bias" in options:
        new["bias"] = wanted.bias == "yes"
    if wanted.rounding in ("floor", "ceil") and "rounding" in options:
        new["rounding"] = wanted.rounding
    if options.get("padding") == "same" and wanted.same != "ceil":
        halves = tuple(((f - 1) // 2,) * 2 for f in options["kernel"])
        new["padding"] = halves if wanted.same == "half" else "same_lower"
    if wanted.rnn_biases == 2 and "biases" in options:
        new["biases"] = 2
    return new if new != options else options


def build(word: str, options: Mapping[str, Any], inputs: tuple[Shape, ...]) -> Layer:
    """The layer, worked out. Raises ShapeError where these inputs do not fit it."""
    kind = layers.load(word)
    assert kind is not None
    if kind.ranks and len(inputs[0]) not in kind.ranks:
        raise ShapeError("SC407", _("an input of {n} axes does not fit").format(n=len(inputs[0])))
    return kind(options, inputs)


def divides(layer: Layer) -> bool:
    """Whether every window fits a whole number of times."""
    return all(not w.unread for w in getattr(layer, "windows", ()))


def value_of(layer: Layer, word: str, quantity: str, wanted: Conventions) -> Value | None:
    """The quantity of this layer; None where it has none (the padding of a fully connected layer)."""
    if quantity == "output_shape":
        return layer.y
    if quantity in ("padding", "stride"):
        return setting(layer, quantity, wanted)
    if quantity == "activations":
        return wanted.batch * prod(layer.y)
    if quantity == "memory":
        return memory(wanted, prod(layer.y), learned(layer, word, wanted))
    if quantity == "params":
        return wanted.batch * prod(layer.y) if wanted.parameters == "values" else learned(layer, word, wanted)
    if quantity in ("weights", "biases"):
        extra = wanted.pool_params // 2 * layer.y[-1] if word in POOLS else 0
        return layer.count(quantity) + extra
    if quantity == "flops":
        return 2 * wanted.batch * layer.count("macs")
    if quantity == "macs":
        return wanted.batch * cost(layer.count("macs"), layer, wanted)
    return layer.count(quantity) if quantity == "connections" else None


def learned(layer: Layer, word: str, wanted: Conventions) -> int:
    """What counts as parameters: weights and biases, a norm's statistics and a pool's two numbers where asked for."""
    extra = layer.count("buffers") if wanted.bn == 4 else 0
    if word in POOLS:
        extra += wanted.pool_params * layer.y[-1]
    return layer.count("weights") + layer.count("biases") + extra


def memory(wanted: Conventions, values: int, params: int) -> int:
    """Bytes of `values` activations of each sample and of `params`, whichever are asked for."""
    counted = wanted.batch * values if wanted.memory in ("activations", "both") else 0
    if wanted.memory in ("params", "both"):
        counted += params
    return wanted.bytes_per_value * counted


def cost(macs: int, layer: Layer, wanted: Conventions) -> int:
    """A cost from multiply-accumulates of one sample."""
    if wanted.cost == "flop":
        return 2 * macs
    if wanted.cost == "mac+bias" and layer.count("biases") and macs:
        return macs + prod(layer.y)
    return macs


def setting(layer: Layer, name: str, wanted: Conventions) -> Value | None:
    """Padding or stride: one number where all sides and axes agree, else one an axis, else (before, after)."""
    found = layer.resolved().get(name)
    if not isinstance(found, tuple) or not found:
        return None
    if name == "stride":
        return plain(found)
    if wanted.padding == "total":
        return plain(tuple(a + b for a, b in found))
    if all(a == b for a, b in found):
        return plain(tuple(a for a, _after in found))
    return tuple(found[0]) if len(set(found)) == 1 else tuple(n for sides in found for n in sides)


def plain(sizes: Shape) -> Value:
    """One number where all axes agree."""
    return sizes[0] if len(set(sizes)) == 1 else sizes


def unit(wanted: Conventions) -> int:
    """Bytes of the unit that a bare number in the column memory stands for."""
    return BYTES[wanted.memory_unit]


def word(layer: Layer) -> str:
    """The layer's word."""
    return layers.word_of(type(layer))
