"""A bound plan becomes a report: rows with their receptive fields, peak memory and depth.

Pitfall: rows of equal layers share one layer object; only names, wires and receptive fields are their own.
"""

from __future__ import annotations

from ..report.table import DTYPES, Row, Table, View
from .bind import Bound
from .liveness import peak_activations
from .receptive import receptive_fields


def tabulate(
    bound: Bound, *, batch: int | str = 1, dtype: str = "fp32", layout: str | None = None, view: View = View()
) -> Table:
    """The shape table of a bound plan; `layout` None shows shapes as the spec writes them."""
    graph, layers, itemsize = bound.graph, bound.layers, DTYPES[dtype]
    batch = bound.letters.make(batch) if isinstance(batch, str) else batch
    fields = receptive_fields(graph, layers)
    pairs = zip(graph.nodes, layers)
    needs = bound.letters.needs()
    rows = tuple(
        Row(node, layer, bound.shapes, batch, itemsize, fields[node.name], needs.get(node.name, ()))
        for node, layer in pairs
    )
    peak = peak_activations(graph, layers, bound.shapes)
    shown = layout or bound.plan.layout
    space = bound.letters.space
    conditions = tuple(space.conditions()) if space else ()
    depth, texts = _depth(rows, bound), bound.plan.texts
    return Table(graph, rows, texts, shown, batch, dtype, peak, depth, conditions, view, space is not None)


def _depth(rows: tuple[Row, ...], bound: Bound) -> int:
    """The most weight layers on one path from an input to an output."""
    longest = dict.fromkeys(bound.graph.inputs, 0)
    for row in rows:
        longest[row.name] = max(longest[name] for name in row.inputs) + row.weighted
    return max(longest[name] for name in bound.graph.outputs)
