"""Formulas on one side, a run on the other, and every number of both held together: the only place that sees both.

Pitfall: equality is exact. A tolerance here would let the first wrong count through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import lcm
from typing import Any

from .engine import Bound
from .errors import UsageError
from .report.table import Row, Table
from .report.verification import Compared, LayerCheck, Verification
from .text import _
from .verify import Measured, Reach, reach, run

Progress = Callable[[int, int], None]
SCRATCH = 64 * 2**20
"""Bytes that NumPy, its BLAS and one block of unrolled pixels may take besides the arrays."""
WHOLE = 4
"""Windows, at the least, that lie whole inside the picture on which receptive fields are measured."""


def verify(bound: Bound, table: Table, *, seed: int = 0, layer: str | None = None, fields: bool = False,
           max_memory: int | None = None, threads: int = 1, progress: Progress | None = None) -> Verification:  # fmt: skip
    """Run the network behind `table` and compare. Raises UsageError for an unknown layer, or for too little memory."""
    names = [row.name for row in table.rows]
    if layer is not None and layer not in names:
        from .errors import nearest

        near = nearest(layer, names)
        raise UsageError(
            _("there is no layer {word}").format(word=layer),
            _("did you mean {word}?").format(word=near) if near else None,
        )
    needed = memory(table)
    if max_memory is not None and needed > max_memory:
        message = _("running {name} takes about {needed:,} bytes, and {limit:,} are allowed")
        raise UsageError(
            message.format(name=table.name, needed=needed, limit=max_memory),
            _("allow more: --max-memory, or take a smaller --batch or --input"),
        )
    measurement = run(bound.graph, seed, batch=table.batch, until=layer, threads=threads, progress=progress)
    rows = {row.name: row for row in table.rows}
    reaches = _reaches(bound, table) if fields else {}
    checks = tuple(_layer(table, rows[m.name], m, reaches) for m in measurement.layers)
    return Verification(
        table.name, checks, _totals(checks), seed, table.batch, measurement.seconds, table.spec
    )


def memory(table: Table) -> int:
    """Bytes that a run needs at most: the fullest moment, the largest layer's parameters, its padded input, scratch."""
    largest = max(
        (
            4 * (row.params.total + row.costs.count("borrowed")) + 2 * 4 * table.batch * _size(row)
            for row in table.rows
        ),
        default=0,
    )
    return 4 * table.batch * table.peak + largest + SCRATCH


def _size(row: Row) -> int:
    from math import prod

    return max(prod(shape) for shape in row.input_shapes)


def _layer(table: Table, row: Row, m: Measured, reaches: Mapping[str, Any]) -> LayerCheck:
    """One layer, quantity by quantity."""
    if m.shape is None:
        reason = m.problem or _("what it reads from could not be run")
        return LayerCheck(m.name, m.layer, {}, {}, None, 0.0, reason)
    values = {
        "weights": (row.params.weights, m.weights),
        "biases": (row.params.biases, m.biases),
        "params": (row.params.total, m.weights + m.biases),
        "buffers": (row.params.buffers, m.buffers),
        "macs": (row.macs, m.macs),
        "macs_on_data": (row.macs_on_data, m.live or 0),
    }
    shape = _compared(row, "shape", table.as_shown(row.output_shape), table.as_shown(m.shape))
    compared = {quantity: _compared(row, quantity, *pair) for quantity, pair in values.items()}
    kinds = dict.fromkeys([*row.ops, *m.ops])
    ops = {kind: _compared(row, f"ops.{kind}", row.ops.get(kind, 0), m.ops.get(kind, 0)) for kind in kinds}
    return LayerCheck(m.name, m.layer, {"shape": shape, **compared}, ops, _field(row, reaches), m.seconds)


def _compared(row: Row, quantity: str, predicted: Any, measured: Any) -> Compared:
    """Both values, and where they differ, the formula that lost."""
    return Compared(quantity, predicted, measured, "" if predicted == measured else _formula(row, quantity))


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


def _totals(checks: tuple[LayerCheck, ...]) -> Mapping[str, Compared]:
    """Sums of what was compared."""
    totals = {}
    for quantity in ("weights", "biases", "params", "buffers", "macs", "macs_on_data"):
        known = [check.compared[quantity] for check in checks if quantity in check.compared]
        totals[quantity] = Compared(quantity, sum(c.predicted for c in known), sum(c.measured for c in known))
    everything = [c for check in checks for c in check.ops.values()]
    totals["ops"] = Compared("ops", sum(c.predicted for c in everything), sum(c.measured for c in everything))
    return totals


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
    return {
        "steps": steps,
        "lost": lost,
        "reach": reach(bound.graph, sizes),
        "wider": reach(bound.graph, wider),
    }


def _field(row: Row, reaches: Mapping[str, Any]) -> Compared | None:
    """The receptive field against the pixels that reach; None where there is none to speak of."""
    field = row.receptive_field
    if not reaches:
        return None
    found: Reach | None = reaches["reach"].get(row.name)
    wider: Reach | None = reaches["wider"].get(row.name)
    predicted = {"size": field.size, "stride": field.stride, "padding": field.padding} if field else None
    if found is None or wider is None:
        return Compared("receptive_field", predicted, None) if field else None
    seen = [found.field(axis, wider, more) for axis, more in enumerate(reaches["steps"][found.origin])]
    if field is None and (None in seen or not reaches["lost"].isdisjoint(row.inputs)):
        return None  # nor is there one to be found, or the formulas had lost it before
    axes = zip(*(axis or (None, None, None) for axis in seen))
    return Compared("receptive_field", predicted, dict(zip(("size", "stride", "padding"), axes)))
