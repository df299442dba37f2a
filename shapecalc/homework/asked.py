"""One number that was asked for, and all that it is worked out from: a layer, its options, and what goes into it.

Pitfall: the inputs may be the student's own earlier values, so nothing here is looked up in the key's network.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from .. import layers
from ..graph import Shape
from ..layers import Layer
from ..record import Record
from .conventions import Conventions

Value = int | Shape


class Asked(Record):
    """A quantity of one layer.

    `quantity` is a column of an answer sheet (`output_shape activations weights biases params macs flops memory
    receptive_field padding stride connections`), `options` are complete and normalised as a graph's node has them,
    `inputs` channels-last shapes, and `earlier` the layers on the way from the network's input, the first one first.
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
        """The right answer under the conventions; raises ShapeError where there is none."""
        layer, wanted = self.layer(), self.conventions
        if self.quantity == "output_shape":
            return layer.y
        if self.quantity in ("activations", "memory"):
            return prod(layer.y) * (wanted.bytes_per_value if self.quantity == "memory" else 1)
        if self.quantity == "params":
            extra = layer.count("buffers") if wanted.bn == 4 else 0
            return layer.count("weights") + layer.count("biases") + extra
        if self.quantity == "flops":
            return 2 * layer.count("macs")
        if self.quantity in ("weights", "biases", "macs", "connections"):
            return layer.count(self.quantity)
        raise NotImplementedError(self.quantity)
