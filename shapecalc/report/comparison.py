"""Architectures side by side: totals, and how many times the baseline's they are.

Pitfall: a ratio over zero, or of letters, is no number; it is null, and printed as a dash.
A spec that cannot be read keeps its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..record import Record
from ..symbolic import has_letters
from ..text import _
from .broken import Broken, diagnostic_data
from .grid import Column, Grid
from .notes import counted

if TYPE_CHECKING:
    from .table import Table

    Entry = tuple[str, str, Table | Broken]

RATIOS = ("params", "macs", "flops", "activations", "peak_activation_bytes")
MEASURES = (*RATIOS, "layers", "weight_layers", "depth")


class Entrant(Record):
    """One architecture under the label it was asked for by; `ratio` is over the baseline's."""

    label: str
    name: str
    values: Mapping[str, int | None]
    ratio: Mapping[str, float | None]
    broken: Broken | None = None

    def record(self) -> Mapping[str, Any]:
        """The architecture as JSON has it."""
        if self.broken:
            return {
                "name": self.name,
                "spec": self.label,
                "error": list(map(diagnostic_data, self.broken.diagnostics)),
            }
        return {"name": self.name, "spec": self.label, **self.values, "ratio": dict(self.ratio)}

    def cell(self, key: str) -> Any:
        """One value by its dotted path."""
        if key in ("name", "spec"):
            return self.name if key == "name" else self.label
        return self.ratio[key[6:]] if key.startswith("ratio.") else self.values[key]


class Comparison(Record):
    """The answer of `compare`; `flops` prints them in place of MACs, `whole` prints every key there is."""

    baseline: Entrant
    entrants: tuple[Entrant, ...]
    batch: int = 1
    flops: bool = False
    whole: bool = False

    @property
    def name(self) -> str:
        return self.baseline.name

    def data(self) -> Mapping[str, Any]:
        return {"baseline": self.name, "architectures": self.records()}

    def records(self) -> list[Mapping[str, Any]]:
        return [e.record() for e in self.entrants]

    def grid(self) -> Grid:
        cost = (
            Column("flops", _("FLOPs = 2 × MACs"), "count")
            if self.flops
            else Column("macs", _("MACs"), "count")
        )
        columns: tuple[Column, ...] = (
            Column("spec", _("name")),
            Column("params", _("params"), "count"),
            Column("ratio.params", _("ratio"), "ratio"),
            cost,
            Column(f"ratio.{cost.key}", _("ratio"), "ratio"),
            Column("activations", _("activations"), "count"),
            Column("peak_activation_bytes", _("peak bytes"), "bytes"),
            Column("weight_layers", _("weight layers"), "count"),
            Column("depth", _("depth"), "count"),
        )
        if self.whole:
            keys = ("spec", "name", *MEASURES, *(f"ratio.{key}" for key in RATIOS))
            columns = tuple(Column(key, key, "text") for key in keys)
        rows = tuple(tuple(e.cell(c.key) for c in columns) for e in self.entrants)
        label = self.baseline.label
        notes: tuple[str, ...] = (
            _("ratio: this over {name}. depth: the most weight layers on one path.").format(name=label),
            *counted(self.batch),
            _("FLOPs = 2 × MACs."),
        )
        if any(has_letters(tuple(e.values.values())) for e in self.entrants):
            notes += (_("What a ratio of letters is depends on their numbers: --set H=224, or --input."),)
        return Grid(_("compared with {name}").format(name=label), columns, rows, None, notes)


def compare(
    entries: Sequence[Entry], baseline: int = 0, flops: bool = False, whole: bool = False
) -> Comparison:
    """Totals of several tables over those of `entries[baseline]`; an entry is a label, a name and a table."""
    batch = next((table.batch for _label, _name, table in entries if not isinstance(table, Broken)), 1)
    totals = [measures(table) for _label, _name, table in entries]
    base = totals[baseline]
    entrants = []
    for (label, name, table), values in zip(entries, totals):
        ratio = {key: _ratio(values[key], base[key]) for key in RATIOS}
        entrants.append(Entrant(label, name, values, ratio, table if isinstance(table, Broken) else None))
    return Comparison(entrants[baseline], tuple(entrants), batch, flops, whole)


def measures(table: Table | Broken) -> dict[str, int | None]:
    """The totals that are compared; nothing is known of a spec that cannot be read."""
    if isinstance(table, Broken):
        return dict.fromkeys(MEASURES)
    totals = table.totals()
    return {"params": totals.params.total, **{key: getattr(totals, key) for key in MEASURES[1:]}}


def _ratio(value: int | None, over: int | None) -> float | None:
    if has_letters((value, over)):
        return 1.0 if value is over else None
    return value / over if value is not None and over else None
