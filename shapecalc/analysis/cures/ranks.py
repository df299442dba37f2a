"""Cures for a shape with the wrong number of axes: flatten it, unflatten it, or write the input as a picture.

Pitfall: a vector from a flattened map is given back the map's shape; that of a global pool has nothing to give back.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from ...engine.options import as_written
from ...errors import Diagnostic
from . import changes
from .changes import Change
from .trials import Trials
from .watch import Context


def candidates(trials: Trials, diagnostic: Diagnostic, context: Context) -> Iterator[Change]:
    """Changes that may mend it."""
    plan, entry = trials.plan, context.entry
    (source,), (x,) = context.names[:1], context.shapes[:1]
    if not changes.own(plan, entry) or entry.layer is None:
        return
    if source in plan.inputs and len(x) < 4:
        yield changes.input_shape(plan, source, (*x, 1), trials.flag)
        yield changes.input_shape(plan, source, (1, *x), trials.flag)
    if entry.layer.ranks == (1,):
        yield changes.before(entry, "flatten")
    if len(x) == 1:
        node = next((n for n in reversed(trials.nodes) if n.name == source), None)
        while node is not None:
            shape = trials.shapes.get(node.inputs[0])
            if shape and len(shape) > 1 and prod(shape) == x[0]:
                yield changes.before(entry, f"reshape: {'x'.join(map(str, as_written(shape, plan.layout)))}")
                return
            node = next((n for n in reversed(trials.nodes) if shape and n.name == node.inputs[0]), None)
        yield changes.before(entry, f"reshape: {'x'.join(map(str, as_written((1, 1, *x), plan.layout)))}")
    elif len(x) == 4:
        shape = (x[0] * x[1], x[2], x[3])
        yield changes.before(entry, f"reshape: {'x'.join(map(str, as_written(shape, plan.layout)))}")
