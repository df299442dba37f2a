"""Formulas on one side, a run on the other, and every number of both held together: the only place that sees both.

Pitfall: equality is exact. A tolerance here would let the first wrong count through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import lcm
from typing import Any

from .engine import Bound
from .errors import UsageError, suggest
from .graph import Composite
from .report.table import Row, Table
from .report.verification import Compared, LayerCheck, Verification
from .text import _
from .verify import Measured, Reach, alignments, memory, reach, run

Progress = Callable[[int, int], None]
SCRATCH = 48 * 2**20
"""Bytes that Python, NumPy and its BLAS take besides the arrays."""
WHOLE = 4
"""Windows, at the least, that lie whole inside the picture on which receptive fields are measured."""


def verify(bound: Bound, table: Table, *, seed: int = 0, layer: str | None = None, fields: bool = False,
           max_memory: int | None = None, threads: int = 1, progress: Progress | None = None) -> Verification:  # fmt: skip
    """Run the network behind `table` and compare. Raises UsageError for an unknown layer, or for too little memory."""
    names = [row.name for row in table.rows]
    if layer is not None and layer not in names:
        raise UsageError(_("there is no layer {word}").format(word=layer), suggest(layer, names, None))
    if max_memory is not None:
        _allow(bound, table, layer, threads, max_memory)
    measurement = run(bound.graph, seed, batch=table.batch, until=layer, threads=threads, progress=progress)
    rows = {row.name: row for row in table.rows}
    reaches = _reaches(bound, table) if fields else {}
    checks = tuple(_layer(table, rows[m.name], m, reaches) for m in measurement.layers)
    written = {composite.node.name: composite for composite in bound.graph.composites}
    composites = tuple(_whole(table, rows, written[m.name], m, reaches) for m in measurement.composites)
    return Verification(table.name, checks, _totals(rows, checks), seed, table.batch, measurement.seconds, table.spec,
                        composites=composites)  # fmt: skip


def _allow(bound: Bound, table: Table, layer: str | None, threads: int, limit: int) -> None:
    """Refuse a run that takes more than `limit` bytes."""
    shapes = {name: (table.batch, *shape) for name, shape in bound.shapes.items()}
    needed = memory(bound.graph, shapes, until=layer, threads=threads) + SCRATCH
    if needed > limit:
        message = _("running {name} takes about {needed:,} bytes, and {limit:,} are allowed")
        raise UsageError(
            message.format(name=table.name, needed=needed, limit=limit),
            _("allow more: --max-memory, or take a smaller --batch or --input"),
        )


def _layer(table: Table, row: Row, m: Measured, reaches: Mapping[str, Any]) -> LayerCheck:
    """One layer, quantity by quantity."""
    if m.shape is None:
        return LayerCheck(m.name, m.layer, {}, {}, None, 0.0, _reason(m))
    shape = Compared("shape", table.as_shown(row.output_shape), table.as_shown(m.shape))
    predicted, measured = _predicted(row), _measured(m, table.batch)
    compared = {"shape": shape} | {q: Compared(q, predicted[q], measured[q]) for q in predicted}
    kinds = dict.fromkeys([*row.ops, *m.ops])
    ops = {kind: Compared(f"ops.{kind}", row.ops.get(kind, 0), m.ops.get(kind, 0)) for kind in kinds}
    compared, ops = ({key: _explained(row, c) for key, c in some.items()} for some in (compared, ops))
    return LayerCheck(m.name, m.layer, compared, ops, _field(row, m.name, row.inputs, reaches), m.seconds)


def _whole(table: Table, rows: Mapping[str, Row], composite: Composite, m: Measured, reaches: Mapping[str, Any]) -> LayerCheck:  # fmt: skip
    """A layer made of others: the sum of its parts, by formula, against a run in one piece."""
    if m.shape is None:
        return LayerCheck(m.name, m.layer, {}, {}, None, 0.0, _reason(m), composite.parts)
    parts, last = [rows[name] for name in composite.parts], rows[composite.output]
    counts, measured = {row.name: _predicted(row) for row in parts}, _measured(m, table.batch)
    shape = Compared("shape", table.as_shown(last.output_shape), table.as_shown(m.shape))
    compared = {"shape": shape}
    for quantity in measured:
        each = {name: count[quantity] for name, count in counts.items()}
        compared[quantity] = _summed(quantity, each, measured[quantity], m.name)
    ops = {}
    for kind in dict.fromkeys([*(kind for row in parts for kind in row.ops), *m.ops]):
        each = {row.name: row.ops.get(kind, 0) for row in parts}
        ops[kind] = _summed(f"ops.{kind}", each, m.ops.get(kind, 0), m.name)
    field = _field(last, m.name, composite.node.inputs, reaches)
    return LayerCheck(m.name, m.layer, compared, ops, field, m.seconds, None, composite.parts)


def _reason(m: Measured) -> str:
    return m.problem or _("what it reads from could not be run")


def _predicted(row: Row) -> dict[str, Any]:
    """The numbers of a layer by formula."""
    return {
        "weights": row.params.weights,
        "biases": row.params.biases,
        "params": row.params.total,
        "buffers": row.params.buffers,
        "macs": row.macs,
        "macs_on_data": row.macs_on_data,
        "connections": row.connections,
    }


def _measured(m: Measured, batch: int) -> dict[str, Any]:
    """The same numbers of a run; connections are those of one sample."""
    wires, rest = divmod(m.wires, batch)
    return {
        "weights": m.weights,
        "biases": m.biases,
        "params": m.weights + m.biases,
        "buffers": m.buffers,
        "macs": m.macs,
        "macs_on_data": m.live or 0,
        "connections": m.wires / batch if rest else wires,
    }


def _summed(quantity: str, each: Mapping[str, int], measured: Any, name: str) -> Compared:
    """The sum of the parts against the whole, and where they differ, what each part has of it."""
    predicted = sum(each.values())
    if predicted == measured:
        return Compared(quantity, predicted, measured)
    terms = (f"{part.removeprefix(name + '.')} {n:,}" for part, n in each.items() if n)
    return Compared(quantity, predicted, measured, " + ".join(terms))


def _explained(row: Row, c: Compared) -> Compared:
    """Where both values differ, with the formula that lost."""
    return c if c.ok else c._replace(work=_formula(row, c.quantity))


def _formula(row: Row, quantity: str) -> str:
    """The formula behind a quantity as it stands in the layer's file, and with the numbers of one sample put in."""
    costs: Any = row.costs
    if quantity == "shape":
        general = ", ".join(dict.fromkeys(w.formula.show() for w in getattr(costs, "windows", ())))
        numbers = costs.work("output")
    else:
        formula = costs.formulas().get(quantity)
        general, numbers = formula.show() if formula else "", costs.work(quantity)
    if numbers and row.batch > 1 and quantity.startswith(("macs", "ops")):
        numbers = f"{row.batch}·({numbers})"
    return f"{general} = {numbers}" if general else ""


def _totals(rows: Mapping[str, Row], checks: tuple[LayerCheck, ...]) -> Mapping[str, Compared]:
    """Sums of what was compared; what could not be run makes every sum unknown."""
    missing = ", ".join(check.name for check in checks if check.unverified is not None)
    reason = _("{layers} could not be run").format(layers=missing) if missing else ""
    predicted = [
        {q: c.predicted for q, c in check.compared.items()} or _predicted(rows[check.name])
        for check in checks
    ]
    totals = {}
    for quantity in ("weights", "biases", "params", "buffers", "macs", "macs_on_data", "connections"):
        found = None if missing else sum(check.compared[quantity].measured for check in checks)
        totals[quantity] = Compared(quantity, sum(p[quantity] for p in predicted), found, "", reason)
    ops = sum(n for check in checks for n in rows[check.name].ops.values())
    run = None if missing else sum(c.measured for check in checks for c in check.ops.values())
    return {**totals, "ops": Compared("ops", ops, run, "", reason)}


def _reaches(bound: Bound, table: Table) -> Mapping[str, Any]:
    """Reaches on two pictures that hold whole fields; larger by whole strides, so that the padding is the same.

    The wider one is larger by a whole field, too: what an end has cut on one of them is not cut on the other.
    """
    fields = [row.receptive_field for row in table.rows if row.receptive_field]
    sizes, steps = {}, {}
    for name, shape in bound.graph.inputs.items():
        own, axes = [f for f in fields if f.origin == name], range(len(shape) - 1)
        strides = [lcm(*(f.stride[axis] for f in own)) for axis in axes]
        widest = [max((f.size[axis] for f in own), default=1) for axis in axes]
        steps[name] = tuple(stride * -(-wide // stride) for stride, wide in zip(strides, widest))
        sizes[name] = tuple(n + 2 * step + WHOLE * s for n, step, s in zip(shape, steps[name], strides))
    wider = {name: tuple(n + s for n, s in zip(size, steps[name])) for name, size in sizes.items()}
    lost = {row.name for row in table.rows if row.receptive_field is None}
    narrow, wide = reach(bound.graph, sizes), reach(bound.graph, wider)
    aligned = alignments(bound.graph, narrow, wide, steps)
    for composite in bound.graph.composites:
        if len(composite.node.inputs) == 1 and composite.node.inputs[0] in aligned:
            aligned[composite.node.name] = aligned[composite.node.inputs[0]]
    return {"steps": steps, "lost": lost, "reach": narrow, "wider": wide, "aligned": aligned}


def _field(row: Row, name: str, inputs: tuple[str, ...], reaches: Mapping[str, Any]) -> Compared | None:
    """The receptive field against the pixels that reach; None where there is none to speak of."""
    field = row.receptive_field
    if not reaches:
        return None
    found: Reach | None = reaches["reach"].get(name)
    wider: Reach | None = reaches["wider"].get(name)
    predicted = field and {"size": field.size, "stride": field.stride, "padding": field.padding, "aligned": field.aligned}  # fmt: skip
    if found is None or wider is None:
        return Compared("receptive_field", predicted, None) if field else None
    if found.split and field and field.aligned is False:
        reason = _("the strides of the paths that meet differ, so its size is another at every place")
        return Compared("receptive_field", predicted, None, "", reason)
    seen = [None] if found.split else [
        found.field(axis, wider, more) for axis, more in enumerate(reaches["steps"][found.origin])
    ]  # fmt: skip
    if field is None and (None in seen or not reaches["lost"].isdisjoint(inputs)):
        return None  # nor is there one to be found, or the formulas had lost it before
    axes = zip(*(axis or (None, None, None) for axis in seen))
    measured = dict(zip(("size", "stride", "padding"), axes))
    return Compared("receptive_field", predicted, {**measured, "aligned": reaches["aligned"].get(name)})
