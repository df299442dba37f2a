"""The JSON document of a table: plain integers and lists under the contract's keys.

Pitfall: shapes are in the table's layout here and channels-last everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..symbolic import Symbolic
from .table import Params, Row, Table


def document(table: Table) -> Mapping[str, Any]:
    """The whole network, without the `schema` key."""
    totals = table.totals()
    whole: Mapping[str, Any] = {
        "name": table.name,
        **{k: v for k, v in table.texts.items() if k != "name"},
        "layout": table.layout,
        "batch": table.batch,
        "dtype": table.dtype,
        "inputs": {name: list(table.as_shown(shape)) for name, shape in table.graph.inputs.items()},
        "layers": [record(table, row) for row in table.rows],
        "totals": {
            "layers": totals.layers,
            "weight_layers": totals.weight_layers,
            "depth": totals.depth,
            "params": _params(totals.params),
            "macs": totals.macs,
            "macs_on_data": totals.macs_on_data,
            "flops": totals.flops,
            "connections": totals.connections,
            "ops": dict(totals.ops),
            "activations": totals.activations,
            "param_bytes": totals.param_bytes,
            "activation_bytes": totals.activation_bytes,
            "peak_activation_bytes": totals.peak_activation_bytes,
        },
        "conditions": list(table.conditions),
        "outputs": {name: list(table.as_shown(table.shape_of(name))) for name in table.graph.outputs},
        "output_shape": list(table.as_shown(table.output_shape)),
    }
    return plain(whole) if table.symbolic else whole


def record(table: Table, row: Row) -> Mapping[str, Any]:
    """One layer."""
    field = row.receptive_field
    known: dict[str, Any] = {
        "name": row.name,
        "layer": row.layer,
        "from": list(row.inputs),
        "input_shapes": [list(table.as_shown(shape)) for shape in row.input_shapes],
        "output_shape": list(table.as_shown(row.output_shape)),
        "activations": row.activations,
        "options": _options(table, row),
        "params": _params(row.params),
        "macs": row.macs,
        "macs_on_data": row.macs_on_data,
        "flops": row.flops,
        "connections": row.connections,
        "ops": dict(row.ops),
    }
    if field is not None:
        known["receptive_field"] = {
            "size": list(field.size),
            "stride": list(field.stride),
            "padding": list(field.padding),
            "aligned": field.aligned,
        }
    known["activation_bytes"] = row.activation_bytes
    if row.conditions:
        known["conditions"] = list(row.conditions)
    return plain(known) if table.symbolic else known


def _options(table: Table, row: Row) -> dict[str, Any]:
    """The options with words such as `same` worked out; a shape among them is in the table's layout, too."""
    known = type(row.costs).OPTIONS  # type: ignore[attr-defined]
    shown = dict(row.options)
    for name, option in known.items():
        if option.kind == "shape":
            shown[name] = table.as_shown(shown[name])
    return {name: plain(value) for name, value in shown.items()}


def _params(params: Params) -> dict[str, int]:
    return params._asdict()


def plain(value: Any) -> Any:
    """Tuples as lists and closed forms as text of the expression grammar, all the way down."""
    if isinstance(value, Symbolic):
        return value.text
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return {k: plain(v) for k, v in value.items()} if isinstance(value, Mapping) else value
