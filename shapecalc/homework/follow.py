"""What the right step gives on a student's own earlier values: the numbers that a later row may hold without a new error.

Pitfall: several are possible. A missing row may have been worked out in the head or forgotten altogether, and a number of
multiplications may rest on the map that was written or on the one that the layer would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from ..graph import Shape
from ..layers import Layer
from ..layers._base import spatial
from . import values
from .conventions import Conventions
from .key import Key, KeyRow
from .values import Value

Found = Iterator[tuple[Value | None, str]]
"""A value, and what it rests on: input, shape (of this row) or cells (of this row)."""
Got = Mapping[str, Any]


def from_inputs(
    key: Key, row: KeyRow, quantity: str, own: tuple[Layer, ...], inner: Mapping[str, Layer]
) -> Found:
    """On the shapes that go in; `own` are the row's layers on them, `inner` those of all layers on the way."""
    if row.kind == "layer":
        for layer in own:
            yield values.value_of(layer, values.word(layer), quantity, key.conventions), "input"
    elif row.kind == "block" and quantity in values.SUMMED:
        if quantity in ("activations", "memory") and own:
            yield values.value_of(own[0], values.word(own[0]), quantity, key.conventions), "input"
        layers = [inner.get(name, key.layers[name]) for name in row.members]
        found = [values.value_of(layer, values.word(layer), quantity, key.conventions) for layer in layers]
        yield sum(v for v in found if isinstance(v, int)), "input"
    elif row.kind == "block":
        for layer in own:
            yield values.value_of(layer, values.word(layer), quantity, key.conventions), "input"


def from_shape(used: Conventions, quantity: str, y: Shape, layers: tuple[Layer, ...], got: Got) -> Found:
    """On the output shape that the student wrote in the same row."""
    if quantity == "activations" or (quantity == "params" and used.parameters == "values"):
        yield used.batch * prod(y), "shape"
    elif quantity == "memory":
        yield values.memory(used, prod(y), int(got.get("params") or 0)), "shape"
    elif quantity in ("macs", "flops", "connections"):
        for layer in layers:
            for n in on_map(layer, "connections" if quantity == "connections" else "macs", y):
                if quantity == "macs":
                    yield used.batch * values.cost(n, layer, used), "shape"
                else:
                    yield (2 * used.batch * n if quantity == "flops" else n), "shape"


def on_map(layer: Layer, quantity: str, y: Shape) -> Iterator[int]:
    """A count of a layer with windows, on another output map: its positions, and then its depth as well."""
    formula = layer.formulas().get(quantity)
    if formula is None or not getattr(layer, "windows", ()) or len(y) != len(layer.y):
        return
    letters = dict(layer.letters_of(quantity))
    letters |= {f"M_{axis}": n for axis, n in zip(spatial(len(y)), y)}
    yield formula(letters)
    yield formula({**letters, "C_out": y[-1]})


def from_cells(used: Conventions, quantity: str, layer: Layer | None, y: Shape, got: Got) -> Found:
    """On other numbers that the student wrote in the same row."""
    weights, biases, params = got.get("weights"), got.get("biases"), got.get("params")
    if quantity == "params" and isinstance(weights, int) and isinstance(biases, int):
        yield weights + biases, "cells"
    elif quantity == "flops" and isinstance(got.get("macs"), int):
        yield (1 if used.cost == "flop" else 2) * got["macs"], "cells"
    elif (
        quantity == "memory"
        and used.memory in ("activations", "both")
        and isinstance(got.get("activations"), int)
    ):
        extra = (params if isinstance(params, int) else 0) if used.memory == "both" else 0
        yield used.bytes_per_value * (got["activations"] + extra), "cells"
    elif quantity == "memory" and isinstance(params, int):
        yield used.bytes_per_value * params, "cells"
    elif (
        quantity in ("macs", "connections")
        and isinstance(weights, int)
        and layer is not None
        and layer.count("macs")
    ):
        positions = prod(y[:-1])
        extra = prod(y) if quantity == "connections" and layer.count("biases") else 0
        yield positions * weights + extra, "cells"


def grown(key: Key, name: str, field: Shape) -> Shape | None:
    """A receptive field after the layer `name`, from the student's own before it: R + (K − 1)·J."""
    layer, node = key.layers[name], key.node(name)
    before, steps = key.fields[node.inputs[0]], layer.steps()
    if before is None or steps is None or len(node.inputs) != 1:
        return None
    if not steps:
        return field
    if len(steps) != len(field):
        return None
    return tuple(r + (s.extent - 1) * j for r, j, s in zip(field, before.stride, steps))
