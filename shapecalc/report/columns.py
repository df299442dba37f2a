"""The columns that a table can print, by their dotted JSON path, and the grid made of those chosen.

Pitfall: a fold is a row like any other, so every column must be a sum (or nothing) over the layers it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..errors import UsageError, nearest
from ..text import N_, _
from .fold import fold
from .grid import Cell, Column, Grid
from .table import Row, Table, Totals, View


class Spec(NamedTuple):
    """A column: how a row's cell is read, and the total's (None for columns that have none)."""

    label: str
    kind: str
    cell: Callable[[Table, Any], Cell]
    total: Callable[[Totals], Cell] | None = None


def _brief(_table: Table, row: Any) -> str:
    return brief(row) if isinstance(row, Row) else ""


COLUMNS: dict[str, Spec] = {
    "name": Spec(N_("name"), "text", lambda t, r: r.name if r.repeats == 1 else f"{r.name} ×{r.repeats}"),
    "layer": Spec(N_("layer"), "text", _brief),
    "from": Spec(N_("from"), "text", lambda t, r: ", ".join(r.inputs)),
    "input_shapes": Spec(N_("input"), "text", lambda t, r: ", ".join("×".join(map(str, t.as_shown(s))) for s in r.input_shapes)),
    "output_shape": Spec(N_("output"), "shape", lambda t, r: t.as_shown(r.output_shape)),
    "activations": Spec(N_("activations"), "count", lambda t, r: r.activations, lambda s: s.activations),
    "params.weights": Spec(N_("weights"), "count", lambda t, r: r.params.weights, lambda s: s.params.weights),
    "params.biases": Spec(N_("biases"), "count", lambda t, r: r.params.biases, lambda s: s.params.biases),
    "params.total": Spec(N_("params"), "count", lambda t, r: r.params.total, lambda s: s.params.total),
    "params.trainable": Spec(N_("trainable"), "count", lambda t, r: r.params.trainable, lambda s: s.params.trainable),
    "params.buffers": Spec(N_("buffers"), "count", lambda t, r: r.params.buffers, lambda s: s.params.buffers),
    "macs": Spec(N_("MACs"), "count", lambda t, r: r.macs, lambda s: s.macs),
    "macs_on_data": Spec(N_("MACs on data"), "count", lambda t, r: r.macs_on_data, lambda s: s.macs_on_data),
    "flops": Spec(N_("FLOPs = 2 × MACs"), "count", lambda t, r: r.flops, lambda s: s.flops),
    "connections": Spec(N_("connections"), "count", lambda t, r: r.connections, lambda s: s.connections),
    "ops": Spec(N_("operations"), "text", lambda t, r: _kinds(r.ops), lambda s: _kinds(s.ops)),
    "receptive_field.size": Spec(N_("sees"), "shape", lambda t, r: r.receptive_field and r.receptive_field.size),
    "receptive_field.stride": Spec(N_("every"), "shape", lambda t, r: r.receptive_field and r.receptive_field.stride),
    "receptive_field.padding": Spec(N_("pad before"), "shape", lambda t, r: r.receptive_field and r.receptive_field.padding),
    "receptive_field.aligned": Spec(N_("aligned"), "text", lambda t, r: r.receptive_field and r.receptive_field.aligned),
    "activation_bytes": Spec(N_("bytes"), "bytes", lambda t, r: r.activation_bytes, lambda s: s.activation_bytes),
    "formulas.output": Spec(N_("output size"), "formula", lambda t, r: _work(r, "output")),
    "formulas.params": Spec(N_("params"), "formula", lambda t, r: _work(r, "weights", "biases")),
    "formulas.macs": Spec(N_("MACs"), "formula", lambda t, r: _work(r, "macs")),
    "share": Spec(N_("share of params"), "share", lambda t, r: None),
}
DEFAULT = ("name", "layer", "output_shape", "activations", "params.total", "macs")
GROUPS = {
    "params": ("params.weights", "params.biases", "params.total"),
    "receptive_field": ("receptive_field.size", "receptive_field.stride", "receptive_field.padding", "receptive_field.aligned"),
    "formulas": ("formulas.output", "formulas.params", "formulas.macs"),
    "all": tuple(key for key in COLUMNS if key != "share" and not key.startswith("formulas")),
}
_LETTERS = {"kernel": "f", "stride": "s", "padding": "p", "dilation": "d"}


def choose(columns: str) -> tuple[str, ...]:
    """Column keys from a comma-separated list; raises UsageError for one there is not."""
    chosen: list[str] = []
    for key in (part.strip() for part in columns.split(",") if part.strip()):
        if key in GROUPS:
            chosen += GROUPS[key]
        elif key in COLUMNS or key.startswith(("ops.", "options.")):
            chosen.append(key)
        else:
            near = nearest(key, [*COLUMNS, *GROUPS])
            help = _("did you mean {word}?").format(word=near) if near else _("there are {names}").format(names=" ".join([*COLUMNS, "all"]))
            raise UsageError(_("there is no column {name}").format(name=key), help)
    return ("name", *(key for key in dict.fromkeys(chosen) if key != "name"))


def grid(table: Table) -> Grid:
    """The printed table: the input first, without a number; then the rows, folded as asked; then the totals."""
    totals = table.totals()
    keys = _keys(table.view)
    specs = [_column(key) for key in keys]
    rows: Sequence[Any] = table.rows if table.view.depth is None else fold(table.rows, table.view.depth)
    whole = totals.params.total or 1
    lines = [_input_line(table, name, keys) for name in table.graph.inputs]
    for row in rows:
        lines.append(tuple(row.params.total / whole if key == "share" else spec.cell(table, row) for key, spec in zip(keys, specs)))
    total = tuple(_("total") if key == "name" else spec.total(totals) if spec.total else None for key, spec in zip(keys, specs))
    columns = tuple(Column(key, _(spec.label), spec.kind) for key, spec in zip(keys, specs))
    return Grid(_title(table), columns, tuple(lines), total, tuple(_notes(table, totals)))


def _keys(view: View) -> tuple[str, ...]:
    """The columns of a view."""
    keys = view.columns or DEFAULT
    if view.flops:
        keys = tuple("flops" if key == "macs" else key for key in keys)
    if view.formulas:
        keys = (*keys, *(key for key in GROUPS["formulas"] if key not in keys))
    elif view.share and not view.columns:
        keys = (*keys, "share")
    return keys


def _work(row: Any, *quantities: str) -> str:
    """Formulas with their numbers, added where there are several; nothing for a fold."""
    texts = [row.costs.work(q) for q in quantities] if isinstance(row, Row) else []
    return " + ".join(text for text in texts if text)


def _column(key: str) -> Spec:
    if key in COLUMNS:
        return COLUMNS[key]
    group, _dot, name = key.partition(".")
    if group == "ops":
        return Spec(name, "count", lambda t, r: r.ops.get(name, 0), lambda s: s.ops.get(name, 0))
    return Spec(name, "text", lambda t, r: _short(r.options[name]) if isinstance(r, Row) and name in r.options else None)


def _input_line(table: Table, name: str, keys: tuple[str, ...]) -> tuple[Cell, ...]:
    shape = table.as_shown(table.graph.inputs[name])
    return tuple(name if key == "name" else shape if key == "output_shape" else "" for key in keys)


def _title(table: Table) -> str:
    source = table.texts.get("source")
    return f"{table.name} — {source}" if source else table.name


def _notes(table: Table, totals: Totals) -> list[str]:
    """What was counted, in the words of the contract."""
    batch = _("for one sample") if table.batch == 1 else _("for a batch of {n}").format(n=table.batch)
    notes = [
        _("params: learned numbers, biases included; MACs: multiply-accumulates {batch}, FLOPs = 2 × MACs = {flops:,}; biases and other operations are no MACs.").format(
            batch=batch, flops=totals.flops
        )
    ]
    facts = [
        _("{n} weight layers").format(n=totals.weight_layers),
        _("peak activation memory {n:,} bytes ({dtype})").format(n=totals.peak_activation_bytes, dtype=table.dtype),
    ]
    if totals.params.buffers:
        facts.append(_("{n:,} buffers (running statistics and other fixed numbers), not params").format(n=totals.params.buffers))
    if totals.params.trainable != totals.params.total:
        frozen = totals.params.total - totals.params.trainable
        facts.append(_("{n:,} trainable, {frozen:,} frozen").format(n=totals.params.trainable, frozen=frozen))
    notes.append("; ".join(facts) + ".")
    if table.texts.get("note"):
        notes.append(" ".join(table.texts["note"].split()))
    return notes


def _kinds(ops: Any) -> str:
    return ", ".join(f"{kind} {n:,}" for kind, n in ops.items())


def brief(row: Row) -> str:
    """A layer in a few words, in the course's letters: conv 64, f=3, s=2, p=1."""
    known = type(row.costs).OPTIONS  # type: ignore[attr-defined]
    parts = []
    for index, (name, option) in enumerate(known.items()):
        value = row.node.options.get(name)
        if value is None or _same(value, option.default):
            continue
        text = _short(value)
        parts.append(text if index == 0 and name not in _LETTERS else f"{_LETTERS.get(name, name)}={text}")
    return f"{row.layer} {', '.join(parts)}".rstrip()


def _same(value: Any, default: Any) -> bool:
    return value == default or (isinstance(value, tuple) and bool(value) and all(_same(v, default) for v in value))


def _short(value: Any) -> str:
    """An option's value: 3 where all axes agree, else 1×7; padding 1, or its sides."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, tuple):
        return str(value)
    if all(isinstance(v, tuple) for v in value):
        if len(value) > 4:
            return "…"
        if all(len(v) == 2 and v[0] == v[1] for v in value):
            return _short(tuple(v[0] for v in value))
        return "[" + ", ".join("×".join(map(str, v)) for v in value) + "]"
    return str(value[0]) if len(set(value)) == 1 else "×".join(map(str, value))
