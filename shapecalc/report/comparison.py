"""Architectures side by side: totals, and how many times the first one's they are.

Pitfall: a ratio over zero is no number; it is null, and printed as a dash.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..record import Record
from ..text import _
from .grid import Column, Grid
from .table import Table

MEASURES = ("params", "macs", "flops", "activations", "peak_activation_bytes")


class Entrant(Record):
    """One architecture's totals; `ratio` is over the baseline's."""

    spec: str
    name: str
    values: Mapping[str, int]
    ratio: Mapping[str, float | None]


class Comparison(Record):
    """The answer of `compare`."""

    baseline: str
    label: str
    entrants: tuple[Entrant, ...]
    batch: int

    @property
    def name(self) -> str:
        return self.baseline

    def data(self) -> Mapping[str, Any]:
        return {"baseline": self.baseline, "architectures": self.records()}

    def records(self) -> list[Mapping[str, Any]]:
        return [{"name": e.name, "spec": e.spec, **e.values, "ratio": dict(e.ratio)} for e in self.entrants]

    def grid(self) -> Grid:
        columns = [Column("name", _("name")), Column("params", _("params"), "count"), Column("ratio.params", "", "ratio"),
                   Column("macs", _("MACs"), "count"), Column("ratio.macs", "", "ratio"),
                   Column("activations", _("activations"), "count"), Column("peak_activation_bytes", _("peak bytes"), "bytes"),
                   Column("weight_layers", _("weight layers"), "count"), Column("depth", _("depth"), "count")]  # fmt: skip
        rows = tuple(tuple(_cell(e, c.key) for c in columns) for e in self.entrants)
        batch = _("for one sample") if self.batch == 1 else _("for a batch of {n}").format(n=self.batch)
        notes = (
            _(
                "× is this over {name}. MACs: multiply-accumulates {batch}; FLOPs = 2 × MACs; depth: the most weight layers on one path."
            ).format(name=self.label, batch=batch),
        )
        return Grid(_("compared with {name}").format(name=self.label), tuple(columns), rows, None, notes)


def _cell(entrant: Entrant, key: str) -> Any:
    if key == "name":
        return entrant.spec
    return entrant.ratio[key[6:]] if key.startswith("ratio.") else entrant.values[key]


def compare(tables: list[tuple[str, Table]], baseline: int = 0) -> Comparison:
    """Totals of several tables, each with its label, over those of `tables[baseline]`."""
    totals = []
    for _label, table in tables:
        t = table.totals()
        totals.append({"params": t.params.total, "macs": t.macs, "flops": t.flops, "activations": t.activations,
                       "peak_activation_bytes": t.peak_activation_bytes, "layers": t.layers, "weight_layers": t.weight_layers,
                       "depth": t.depth})  # fmt: skip
    first = totals[baseline]
    entrants = []
    for (label, table), values in zip(tables, totals):
        ratio = {m: values[m] / first[m] if first[m] else None for m in MEASURES}
        entrants.append(Entrant(label, table.name, values, ratio))
    return Comparison(tables[baseline][1].name, tables[baseline][0], tuple(entrants), tables[0][1].batch)
