"""The networks that come with the program, with their totals on request.

Pitfall: totals mean reading every file; the plain list reads only names and sources.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import catalogue
from ..engine import bind, tabulate
from ..record import Record
from ..report.grid import Column, Grid
from ..spec import load
from ..text import _


class Listing(Record):
    """The answer of `list`."""

    rows: tuple[Mapping[str, Any], ...]
    long: bool

    @property
    def name(self) -> str:
        return "architectures"

    def data(self) -> Mapping[str, Any]:
        return {"architectures": [dict(row) for row in self.rows]}

    def records(self) -> list[Mapping[str, Any]]:
        return [dict(row) for row in self.rows]

    def grid(self) -> Grid:
        columns = [Column("spec", _("spec")), Column("name", _("name"))]
        if self.long:
            columns += [
                Column("input", _("input"), "shape"),
                Column("params", _("params"), "count"),
                Column("macs", _("MACs"), "count"),
                Column("weight_layers", _("weight layers"), "count"),
            ]
        columns.append(Column("source", _("source")))
        cells = tuple(
            tuple(tuple(v) if isinstance(v := row[c.key], list) else v for c in columns) for row in self.rows
        )
        return Grid("", tuple(columns), cells)


def listing(wanted: Callable[[str], bool], long: bool) -> Listing:
    """The built-in networks whose names are `wanted`."""
    return Listing(tuple(_row(name, long) for name in catalogue.names() if wanted(name)), long)


def _row(name: str, long: bool) -> Mapping[str, Any]:
    plan = load(catalogue.source(name), catalogue.base)
    row: dict[str, Any] = {
        "spec": name,
        "name": plan.name,
        "source": " ".join(plan.texts.get("source", "").split()),
    }
    if long:
        table = tabulate(bind(plan))
        totals = table.totals()
        first = next(iter(table.graph.inputs.values()))
        row |= {
            "input": list(table.as_shown(first)),
            "params": totals.params.total,
            "macs": totals.macs,
            "weight_layers": totals.weight_layers,
        }
    return row
