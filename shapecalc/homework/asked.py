"""One number that was asked for, and all that it is worked out from: a layer, its options, and what goes into it.

Pitfall: the inputs may be the student's own earlier values, so nothing here is looked up in the key's network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

from .. import layers
from ..errors import ShapeError
from ..graph import Shape
from ..layers import Layer
from ..record import Record
from .conventions import Conventions

Value = int | Shape
TOTAL = "total"
"""The word of a sum over a whole network; its layers stand in `earlier`."""
SUMMED = ("params", "weights", "biases", "buffers", "macs", "flops", "connections", "activations", "memory")
"""Quantities of which a network has a total."""
SOLVED = ("padding", "stride", "kernel", "dilation")
"""Inverse questions: which setting gives this output; the options hold the answer."""


class Unasked(ValueError):
    """There is no such quantity of this layer."""


class Asked(Record):
    """A quantity of one layer, or of a network (`word` is `total`, its layers are `earlier`).

    `quantity` is a column of an answer sheet (`output_shape activations weights biases params macs flops memory
    receptive_field padding stride connections`), or `output_size` (without the channels), `kernel`, `dilation`,
    `buffers`, `weight_shape`. `options` are complete and normalised as a graph's node has them, `inputs` channels-last
    shapes, and `earlier` the layers on the way from the network's input, the first one first (their own `earlier` is
    not looked at).
    """

    quantity: str
    word: str
    options: Mapping[str, Any]
    inputs: tuple[Shape, ...]
    earlier: tuple[Asked, ...] = ()
    conventions: Conventions = Conventions()

    def layer(self) -> Layer:
        """The layer, worked out. Raises ShapeError where these inputs do not fit it."""
        kind = layers.load(self.word)
        assert kind is not None
        return kind(self.options, self.inputs)

    def value(self) -> Value:
        """The right answer under the conventions; raises ShapeError or Unasked where there is none."""
        if self.word == TOTAL:
            return self._total()
        if self.quantity == "receptive_field":
            return plain(field((*self.earlier, self)))
        rule = _VALUES.get(self.quantity)
        if rule is None:
            raise Unasked(self.quantity)
        return rule(self.layer(), self.conventions)

    def accepts(self, value: Value) -> bool:
        """Whether `value` answers it: of an inverse question, whether that setting gives the same output too."""
        try:
            if value == self.value():
                return True
            if self.quantity not in SOLVED or not isinstance(value, int):
                return False
            return self.solved(value).layer().y == self.layer().y
        except (ShapeError, Unasked):
            return False

    def solved(self, value: int) -> Asked:
        """The same layer with `value` as the setting that an inverse question asks for."""
        axes, name = len(self.inputs[0]) - 1, self.quantity
        setting: Any = (value,) * axes
        if name == "padding":
            before = value // 2 if self.conventions.padding == "total" else value
            after = value - before if self.conventions.padding == "total" else value
            setting = ((before, after),) * axes
        if name == "dilation":
            setting = (value + 1 - self.conventions.dilation,) * axes
        return self._replace(options={**self.options, name: setting})

    def _total(self) -> Value:
        if self.quantity not in SUMMED:
            return self.earlier[-1]._replace(quantity=self.quantity, earlier=self.earlier[:-1]).value()
        parts = (a._replace(quantity=self.quantity).value() for a in self.earlier)
        return sum(n for n in parts if isinstance(n, int))


def plain(sizes: tuple[int, ...]) -> Value:
    """One number where all axes agree, as people write it."""
    return sizes[0] if len(set(sizes)) == 1 else sizes


def field(chain: tuple[Asked, ...]) -> tuple[int, ...]:
    """The receptive field after a chain of layers, an axis each; raises Unasked where one sees everything or joins.

    R ← R + (K − 1)·J, J ← J·S (Araujo et al. 2019, distill.pub).
    """
    found = steps(chain)
    return walk(found) if found else (1,) * (len(chain[0].inputs[0]) - 1)


def steps(chain: tuple[Asked, ...]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """(extent, stride) along every axis of every layer of the chain that looks around."""
    found = []
    for asked in chain:
        layer = asked.layer()
        here = layer.steps()
        if here is None or len(asked.inputs) > 1 or len(layer.x) < 2:
            raise Unasked("receptive_field")
        if here:
            found.append(tuple((s.extent, s.stride) for s in here))
    return tuple(found)


def walk(found: tuple[tuple[tuple[int, int], ...], ...]) -> tuple[int, ...]:
    """The field that these steps add up to."""
    size, jump = [1] * len(found[0]), [1] * len(found[0])
    for step in found:
        for axis, (extent, stride) in enumerate(step):
            size[axis] += (extent - 1) * jump[axis]
            jump[axis] *= stride
    return tuple(size)


def factor(quantity: str, wanted: Conventions) -> int:
    """What a count of one sample is multiplied by: 2 for operations, the bytes of a value, the samples."""
    samples = getattr(wanted, "batch", 1) if quantity in ("activations", "memory", "macs", "flops") else 1
    twice = quantity == "flops" or (quantity == "macs" and wanted.cost == "flop")
    each = wanted.bytes_per_value if quantity == "memory" else 1
    return int(samples * each * (2 if twice else 1))


Rule = Callable[[Layer, Conventions], Value]


def _setting(name: str) -> Rule:
    def rule(layer: Layer, wanted: Conventions) -> Value:
        value = layer.resolved().get(name)
        if type(value) is int:
            return value
        if not isinstance(value, tuple):
            raise Unasked(name)
        if name != "padding":
            return plain(tuple(n - 1 + wanted.dilation if name == "dilation" else n for n in value))
        total = wanted.padding == "total"
        return plain(tuple(a + b if total else max(a, b) for a, b in value))

    return rule


def _params(layer: Layer, wanted: Conventions) -> Value:
    extra = layer.count("buffers") if wanted.bn == 4 else 0
    return layer.count("weights") + layer.count("biases") + extra


def _weight_shape(layer: Layer, wanted: Conventions) -> Value:
    """The array of weights: F_H × F_W × C_in × C_out of a convolution, C_in × C_out of a fully connected layer."""
    inner = layer.letters.get("C_in", 0) // (layer.letters.get("G") or 1)
    kernel = getattr(layer, "kernel", ())
    shape = (*kernel, inner, layer.y[-1])
    if prod(shape) != layer.count("weights"):
        raise Unasked("weight_shape")
    return shape


def _count(quantity: str) -> Rule:
    return lambda layer, wanted: layer.count(quantity)


_VALUES: Mapping[str, Rule] = {
    "output_shape": lambda layer, wanted: layer.y,
    "output_size": lambda layer, wanted: plain(layer.y[:-1] or layer.y),
    "activations": lambda layer, wanted: prod(layer.y) * factor("activations", wanted),
    "memory": lambda layer, wanted: prod(layer.y) * factor("memory", wanted),
    "params": _params,
    "weight_shape": _weight_shape,
    "macs": lambda layer, wanted: layer.count("macs") * factor("macs", wanted),
    "flops": lambda layer, wanted: layer.count("macs") * factor("flops", wanted),
    **{q: _count(q) for q in ("weights", "biases", "buffers", "connections")},
    **{
        name: _setting(name)
        for name in (*SOLVED, "filters", "units", "groups", "multiplier", "output_padding")
    },
}
