"""How much of the input one output value sees: a window adds (K − 1)·J, where J is the product of strides before it.

R ← R + (K − 1)·J, P ← P + p·J, J ← J·S (Dumoulin & Visin 2016; Araujo et al. 2019, distill.pub). Pitfall: where paths
meet, the field is the hull of both, and it is only centred if their centres agree.
"""

from __future__ import annotations

from ..graph import Graph, Shape
from ..layers import Layer, Step
from ..report.table import Field
from ..symbolic import Symbolic, largest


def receptive_fields(graph: Graph, layers: tuple[Layer, ...]) -> dict[str, Field | None]:
    """The field of every input and node; None where it is the whole input, or where inputs mix."""
    fields: dict[str, Field | None] = {name: _start(name, shape) for name, shape in graph.inputs.items()}
    for node, layer in zip(graph.nodes, layers):
        steps = layer.steps()
        if steps == () and len(node.inputs) == 1:
            fields[node.name] = fields[node.inputs[0]]
            continue
        field = _joined([fields[name] for name in node.inputs])
        fields[node.name] = None if field is None or steps is None else _grown(field, steps)
    return fields


def _start(name: str, shape: Shape) -> Field | None:
    axes = len(shape) - 1
    return Field((1,) * axes, (1,) * axes, (0,) * axes, True, name) if axes else None


def _grown(field: Field, steps: tuple[Step, ...]) -> Field | None:
    if not steps:
        return field
    if len(steps) != len(field.size):
        return None
    size = tuple(r + (s.extent - 1) * j for r, j, s in zip(field.size, field.stride, steps))
    padding = tuple(p + s.before * j for p, j, s in zip(field.padding, field.stride, steps))
    stride = tuple(j * s.stride for j, s in zip(field.stride, steps))
    return Field(size, stride, padding, field.aligned, field.origin)


def _joined(fields: list[Field | None]) -> Field | None:
    """The hull of several paths: from the earliest first pixel to the latest last one."""
    first = fields[0]
    if len(fields) == 1 or first is None:
        return first
    known = [
        f for f in fields if f is not None and f.origin == first.origin and len(f.size) == len(first.size)
    ]
    if len(known) < len(fields):
        return None
    padding = tuple(largest(sides) for sides in zip(*(f.padding for f in known)))
    ends = (
        largest(sides) for sides in zip(*(tuple(r - p for r, p in zip(f.size, f.padding)) for f in known))
    )
    size = tuple(end + p for end, p in zip(ends, padding))
    stride = tuple(map(largest, zip(*(f.stride for f in known))))
    return Field(size, stride, padding, _aligned(known), first.origin)


def _aligned(fields: list[Field]) -> bool | None:
    """Whether the centres and strides of several paths agree; None where that depends on letters."""
    centres = {tuple(r - 2 * p for r, p in zip(f.size, f.padding)) for f in fields}
    same = len(centres) == 1 and len({f.stride for f in fields}) == 1
    if same and all(f.aligned for f in fields):
        return True
    open_ = any(isinstance(n, Symbolic) for centre in centres for n in centre)
    return None if open_ and all(f.aligned is not False for f in fields) else False
