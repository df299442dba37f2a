"""A bound plan becomes a report: rows with their receptive fields, peak memory and depth.

Pitfall: rows of equal layers share one layer object; only names, wires and receptive fields are their own.
"""

from __future__ import annotations

from ..report.table import DTYPES, Row, Table, View
from .bind import Bound
from .liveness import peak_activations
from .receptive import receptive_fields


def tabulate(
    bound: Bound, *, batch: int = 1, dtype: str = "fp32", layout: str | None = None, view: View = View()
) -> Table:
    """The shape table of a bound plan; `layout` None shows shapes as the spec writes them."""
    graph, layers, itemsize = bound.graph, bound.layers, DTYPES[dtype]
    fields = receptive_fields(graph, layers)
    pairs = zip(graph.nodes, layers)
    rows = tuple(Row(node, layer, bound.shapes, batch, itemsize, fields[node.name]) for node, layer in pairs)
    peak = peak_activations(graph, layers, bound.shapes)
    shown = layout or bound.plan.layout
    return Table(graph, rows, bound.plan.texts, shown, batch, dtype, peak, _depth(rows, bound), (), view)


def _depth(rows: tuple[Row, ...], bound: Bound) -> int:
    """The most weight layers on one path from an input to an output."""
    longest = dict.fromkeys(bound.graph.inputs, 0)
    for row in rows:
        longest[row.name] = max(longest[name] for name in row.inputs) + row.weighted
    return max(longest[name] for name in bound.graph.outputs)
