"""The columns that a table can print, by their dotted JSON path, and the grid made of those chosen.

Pitfall: a fold is a row like any other, so every column must be a sum (or nothing) over the layers it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..errors import UsageError, suggest, there_are
from ..record import Record
from ..text import N_, _
from .brief import brief, short
from .fold import Fold, fold
from .grid import Cell, Column, Grid
from .notes import notes, title
from .table import Row, Table, Totals


class Spec(Record):
    """A column: how a row's cell is read, and the total's (None for columns that have none)."""

    label: str
    kind: str
    cell: Callable[[Table, Any], Cell]
    total: Callable[[Totals], Cell] | None = None


def _name(table: Table, row: Any) -> str:
    return row.name if row.repeats == 1 else f"{row.name} ×{row.repeats}"


def _layer(table: Table, row: Any) -> str:
    if table.view.data:
        return str(row.layer)
    own = row.own if isinstance(row, Fold) else row
    return brief(table, own) if own else ""


def _input_shapes(table: Table, row: Any) -> str:
    times = "x" if table.view.data else "×"
    return ", ".join(times.join(map(str, table.as_shown(shape))) for shape in row.input_shapes)


def _share(table: Table, row: Any) -> Cell:
    whole = table.totals().params.total
    return row.params.total / whole if row.params.total and not table.symbolic else ""


def _field(part: str) -> Callable[[Table, Any], Cell]:
    return lambda table, row: row.receptive_field and getattr(row.receptive_field, part)


def _work(*quantities: str) -> Callable[[Table, Any], Cell]:
    """Formulas with their numbers, added where there are several; nothing for a fold."""

    def cell(table: Table, row: Any) -> str:
        texts = [row.costs.work(q) for q in quantities] if isinstance(row, Row) else []
        return " + ".join(text for text in texts if text)

    return cell


COLUMNS: dict[str, Spec] = {
    "name": Spec(N_("name"), "text", _name),
    "layer": Spec(N_("layer"), "text", _layer),
    "from": Spec(N_("from"), "text", lambda t, r: ", ".join(r.inputs)),
    "input_shapes": Spec(N_("input"), "text", _input_shapes),
    "output_shape": Spec(N_("output"), "shape", lambda t, r: t.as_shown(r.output_shape)),
    "activations": Spec(N_("activations"), "count", lambda t, r: r.activations, lambda s: s.activations),
    "params.weights": Spec(N_("weights"), "count", lambda t, r: r.params.weights, lambda s: s.params.weights),
    "params.biases": Spec(N_("biases"), "count", lambda t, r: r.params.biases, lambda s: s.params.biases),
    "params.total": Spec(N_("params"), "count", lambda t, r: r.params.total, lambda s: s.params.total),
    "params.trainable": Spec(
        N_("trainable"), "count", lambda t, r: r.params.trainable, lambda s: s.params.trainable
    ),
    "params.buffers": Spec(N_("buffers"), "count", lambda t, r: r.params.buffers, lambda s: s.params.buffers),
    "macs": Spec(N_("MACs"), "count", lambda t, r: r.macs, lambda s: s.macs),
    "macs_on_data": Spec(N_("MACs on data"), "count", lambda t, r: r.macs_on_data, lambda s: s.macs_on_data),
    "flops": Spec(N_("FLOPs = 2 × MACs"), "count", lambda t, r: r.flops, lambda s: s.flops),
    "connections": Spec(N_("connections"), "count", lambda t, r: r.connections, lambda s: s.connections),
    "receptive_field.size": Spec(N_("receptive field"), "shape", _field("size")),
    "receptive_field.stride": Spec(N_("its stride"), "shape", _field("stride")),
    "receptive_field.padding": Spec(N_("its padding"), "shape", _field("padding")),
    "receptive_field.aligned": Spec(N_("aligned"), "text", _field("aligned")),
    "activation_bytes": Spec(
        N_("bytes"), "bytes", lambda t, r: r.activation_bytes, lambda s: s.activation_bytes
    ),
    "formulas.output": Spec(N_("output, worked out"), "formula", _work("output")),
    "formulas.params": Spec(N_("params, worked out"), "formula", _work("weights", "biases")),
    "formulas.macs": Spec(N_("MACs, worked out"), "formula", _work("macs")),
    "share": Spec(N_("share of params"), "share", _share),
}
KINDS = (
    "mul", "add", "sub", "div", "max", "min", "cmp", "exp", "log", "sqrt", "pow", "abs", "neg", "tanh", "erf", "sin", "cos",
)  # fmt: skip
LONG = 24
"""Letters of a closed form from which a total stands below the table."""
DEFAULT = ("name", "layer", "output_shape", "activations", "params.total", "macs")
GROUPS: dict[str, tuple[str, ...]] = {
    "params": ("params.weights", "params.biases", "params.total"),
    "ops": ("ops",),
    "receptive_field": tuple(key for key in COLUMNS if key.startswith("receptive_field.")),
    "formulas": tuple(key for key in COLUMNS if key.startswith("formulas.")),
    "all": (*(key for key in COLUMNS if key != "share" and not key.startswith("formulas.")), "ops"),
}
"""Several columns under one word; `ops` has one for each kind of operation that the network needs."""


def choose(columns: str) -> tuple[str, ...]:
    """Column keys from a comma-separated list; raises UsageError for one there is not."""
    kinds = [f"ops.{kind}" for kind in KINDS]
    chosen: list[str] = []
    for key in (part.strip() for part in columns.split(",") if part.strip()):
        if key in GROUPS:
            chosen += GROUPS[key]
        elif key in COLUMNS or key in kinds or key.startswith("options."):
            chosen.append(key)
        else:
            known = there_are([*COLUMNS, "ops.mul", "options.kernel", *GROUPS])
            help = suggest(key, [*COLUMNS, *GROUPS, *kinds], known)
            raise UsageError(_("there is no column {name}").format(name=key), help)
    return ("name", *(key for key in dict.fromkeys(chosen) if key != "name"))


def grid(table: Table) -> Grid:
    """The printed table: the input first, without a number; then the rows, folded as asked; then the totals."""
    totals, view = table.totals(), table.view
    keys = _keys(table)
    specs = [_column(key) for key in keys]
    rows: Sequence[Any] = table.rows if view.depth is None else fold(table.rows, view.depth)
    lines = [] if view.data else [_input_line(table, name, keys) for name in table.graph.inputs]
    lines += [tuple([spec.cell(table, row) for spec in specs]) for row in rows]
    sums = [spec.total(totals) if spec.total else None for spec in specs]
    columns = tuple(Column(key, _(spec.label), spec.kind) for key, spec in zip(keys, specs))
    long = {column: n for column, n in zip(columns, sums) if table.symbolic and len(str(n)) > LONG}
    sums = [_("below") if column in long else n for column, n in zip(columns, sums)]
    below = [_("Total {what} = {n}").format(what=column.label, n=n) for column, n in long.items()]
    return Grid(title(table), columns, tuple(lines), (_("total"), *sums[1:]), (*below, *notes(table)))


def _keys(table: Table) -> tuple[str, ...]:
    """The columns of a table's view; the first is always the name."""
    view, keys = table.view, list(table.view.columns or DEFAULT)
    if view.flops:
        keys = ["flops" if key == "macs" else key for key in keys]
    if view.formulas:
        keys += GROUPS["formulas"]
    elif view.share and not view.columns:
        keys.append("share")
    if "ops" in keys:
        place, occurring = keys.index("ops"), table.totals().ops
        keys[place : place + 1] = [f"ops.{kind}" for kind in KINDS if kind in occurring]
    return tuple(dict.fromkeys(keys))


def _column(key: str) -> Spec:
    if key in COLUMNS:
        return COLUMNS[key]
    group, _dot, name = key.partition(".")
    if group == "ops":
        return Spec(name, "count", lambda t, r: r.ops.get(name, 0), lambda s: s.ops.get(name, 0))

    def option(table: Table, row: Any) -> str | None:
        return short(row.options[name]) if isinstance(row, Row) and name in row.options else None

    return Spec(name, "text", option)


def _input_line(table: Table, name: str, keys: Sequence[str]) -> tuple[Cell, ...]:
    shape = table.as_shown(table.graph.inputs[name])
    return tuple(name if key == "name" else shape if key == "output_shape" else "" for key in keys)
